#include "tests/scenarios/raft/raft_scenarios.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/kv/raft/options.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "tests/scenarios/raft/fault_sources.h"
#include "tests/scenarios/raft/lock_run.h"
#include "tests/scenarios/raft/raft_run.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {
namespace {

// A sweep of everything has some of each.
constexpr uint64_t kFewSeeds = 50;

// A scenario is what `add` adds to what all have.
void Run(Trial& trial, std::string_view name,
         int (*servers)(const SetupDraws& draws),
         void (*add)(const SetupDraws& draws, RaftSetup& setup)) {
  const SetupDraws draws(trial.seed(), name);
  RaftSetup setup = DrawSetup(trial, draws, servers(draws));
  add(draws, setup);
  RunRaft(trial, setup);
}

void AddRandomKeys(const SetupDraws& draws, RaftSetup& setup) {
  AddNetwork(draws, setup);
  setup.server.sessions_max =
      static_cast<size_t>(draws.Doubled("sessions", 2, 64));
}

// In some seeds what is written stays unsynced for long, and servers are back
// soon.
void AddCrashesAndDisks(const SetupDraws& draws, RaftSetup& setup) {
  AddCrashes(draws, setup);
  AddMoreCrashes(draws, setup);
  if (draws.Chance("zones", {1, 2})) AddZones(draws, setup);
  setup.faults.disks = DrawDisks(draws);
  if (draws.Chance("slow-sync", {1, 3})) {
    AddSlowSync(draws, setup);
    setup.faults.partitions = DrawPartitions(draws);
    setup.faults.nodes.crash.mean =
        draws.Time("down", Milliseconds(1), Milliseconds(20));
  }
  AddDamage(draws, {1, 4}, setup);
}

// Disks that stand still, fill up, rot and write to wrong places. They do not
// lose writes alone, which differs from a misdirected write only by what it
// spares.
void AddDamagedDisks(const SetupDraws& draws, RaftSetup& setup) {
  AddCrashes(draws, setup);
  DiskOptions& disks = setup.faults.disks;
  disks = DrawDisks(draws);
  setup.loses_synced_data = true;
  disks.bit_rot = draws.Ratio("bit-rot", 10);
  disks.write_misdirected = draws.Ratio("write-misdirected", 3);
  disks.rot_at_rest = {static_cast<uint32_t>(draws.Uniform("rot", 1, 50)),
                       1000};
  const auto draw_outage = [&draws](std::string_view name, Duration mean) {
    return OutageOptions{
        .start = {static_cast<uint32_t>(draws.Uniform(name, 0, 10)), 1000},
        .minimum = Milliseconds(10),
        .mean = mean};
  };
  disks.full = draw_outage("full", Milliseconds(200));
  disks.stall = draw_outage("stall", Milliseconds(400));
  if (draws.Chance("partitions", {1, 3})) {
    setup.faults.partitions = DrawPartitions(draws);
  }
}

void AddPartitions(const SetupDraws& draws, RaftSetup& setup) {
  setup.faults.partitions = DrawPartitions(draws);
  if (draws.Chance("network", {1, 2})) AddNetwork(draws, setup);
}

void AddSlowDisks(const SetupDraws& draws, RaftSetup& setup) {
  setup.faults.disks = DrawDisks(draws);
  AddSlowSync(draws, setup);
  setup.faults.nodes.pause = DrawPauses(draws);
}

void AddSnapshots(const SetupDraws& draws, RaftSetup& setup) {
  AddCrashes(draws, setup);
  setup.faults.partitions = DrawPartitions(draws);
  kv::raft::Options& raft = setup.server.replica.raft;
  if (draws.Chance("network", {1, 2})) AddNetwork(draws, setup);
  raft.log_bytes_max = static_cast<size_t>(draws.Doubled("short-log", 64, 512));
  raft.uncommitted_bytes_max = 1024;
  setup.alphabet.put += 20;
  setup.alphabet.value_bytes = 256;
  raft.snapshot_piece_bytes =
      static_cast<size_t>(draws.Doubled("short-piece", 32, 512));
  setup.server.replica.journal.log_bytes_max = 500;
}

// Two operators, of which none knows what the other one does, change who
// belongs to the servers.
void AddOperators(const SetupDraws& draws, const OperatorAlphabet& alphabet,
                  RaftSetup& setup) {
  setup.first_members =
      std::min(setup.servers, static_cast<int>(draws.Uniform("first", 1, 3)));
  setup.operators = 2;
  setup.operator_actions = 4;
  setup.operator_alphabet = alphabet;
  if (draws.Chance("crashes", {1, 2})) AddCrashes(draws, setup);
  if (draws.Chance("partitions", {1, 2})) {
    setup.faults.partitions = DrawPartitions(draws);
  }
  if (draws.Chance("network", {1, 2})) AddNetwork(draws, setup);
}

void AddMembership(const SetupDraws& draws, RaftSetup& setup) {
  AddOperators(draws, {.transfer = 20, .one_server = 45, .many_servers = 35},
               setup);
  AddDamage(draws, {1, 2}, setup);
}

// Enough to replace one where three are members.
int FiveServers(const SetupDraws&) { return 5; }

void AddGuided(const SetupDraws& draws, RaftSetup& setup) {
  AddOperators(draws, {.guided = 100}, setup);
}

// Clocks that run as far apart as the servers are told they may.
void AddClocks(const SetupDraws& draws, RaftSetup& setup) {
  const bool is_fast = draws.Chance("is-fast", {1, 2});
  const int64_t drift = is_fast ? draws.Doubled("drift", 128'000, 512'000)
                                : draws.Doubled("drift", 100, 1000);
  setup.faults.clocks.drift_ppm_max = drift;
  setup.faults.clocks.skew_max = Seconds(1);
  setup.faults.clocks.jump = {1, 100};
  setup.faults.clocks.jump_max = Seconds(1);
  kv::raft::Options& raft = setup.server.replica.raft;
  raft.drift_ppm_max = static_cast<uint32_t>(drift);
  raft.reads = kv::raft::ReadMode::kLease;
  // The slowest leader is heard in time by the fastest follower.
  raft.heartbeat = raft.election_timeout / (is_fast ? 5 : 2);
  // Who was cut off wins only where little was written meanwhile.
  setup.alphabet =
      draws.Chance("mostly-reads", {1, 2})
          ? Alphabet{.shared_append = 1, .append = 1, .put = 1, .keys = 2}
          : Alphabet{.shared_append = 5, .append = 15, .put = 10, .keys = 2};
  setup.operations *= 3;
  setup.pause_max = setup.pause_max / 3;
  setup.faults.nodes.pause = DrawPauses(draws);
  setup.operator_actions = draws.Uniform("transfers", 0, 4);
  setup.operator_alphabet.transfer = 100;
  if (draws.Chance("crashes", {1, 2})) {
    AddCrashes(draws, setup);
    // So that who has promised a lease is back before it ends.
    setup.faults.nodes.crash.mean =
        draws.Time("down", Milliseconds(1), Milliseconds(20));
    setup.faults.nodes.crash.rest = {};
  }
  PartitionOptions& partitions = setup.faults.partitions;
  partitions = DrawPartitions(draws);
  partitions.parts_clients = false;  // They still reach a leader cut off.
  // Parts that one server sees both: who hears no leader is heard by those who
  // do.
  if (draws.Chance("bridges", {1, 2})) {
    partitions.halves = false;
    partitions.isolate_one = false;
    partitions.random_groups = false;
  }
}

void AddUpgrade(const SetupDraws& draws, RaftSetup& setup) {
  AddCrashes(draws, setup);
  setup.is_upgraded = true;
  if (draws.Chance("network", {1, 2})) AddNetwork(draws, setup);
  if (draws.Chance("short-log", {1, 2})) {
    setup.server.replica.raft.log_bytes_max = 256;
  }
}

// Draws whose names are `prefix` and what they are about, such as "network".
class Swarm {
 public:
  Swarm(const SetupDraws& draws, std::string_view prefix)
      : draws_(draws), prefix_(prefix) {}

  // In half of the seeds.
  bool Has(std::string_view part) const {
    return draws_.Chance(std::string(prefix_).append(part), {1, 2});
  }
  // Each source of faults is off in half of the seeds, or more. Clocks run
  // apart by `drift_least` millionths at least, where they do.
  void AddFaults(int64_t drift_least, int64_t drift_most,
                 RaftSetup& setup) const {
    if (Has("network")) AddNetwork(draws_, setup);
    if (Has("crashes")) {
      AddCrashes(draws_, setup);
      if (Has("more-crashes")) AddMoreCrashes(draws_, setup);
    }
    if (Has("places") && Has("zones")) AddZones(draws_, setup);
    if (Has("partitions")) setup.faults.partitions = DrawPartitions(draws_);
    if (Has("pauses")) setup.faults.nodes.pause = DrawPauses(draws_);
    if (Has("turns")) setup.faults.tasks = DrawTasks(draws_);
    int64_t& drift = setup.faults.clocks.drift_ppm_max;
    if (Has("clocks")) drift = draws_.Doubled("drift", drift_least, drift_most);
    if (Has("wild-clocks")) AddWildClocks(draws_, setup);
    setup.server.replica.raft.drift_ppm_max =
        static_cast<uint32_t>(std::max<int64_t>(1000, drift));
  }

 private:
  const SetupDraws& draws_;
  const std::string_view prefix_;
};

void AddSwarm(const SetupDraws& draws, RaftSetup& setup) {
  const Swarm swarm(draws, "swarm-");
  swarm.AddFaults(100, 20'000, setup);
  DrawLinkFaults(draws, setup.faults.network);
  if (swarm.Has("disks")) setup.faults.disks = DrawDisks(draws);
  if (swarm.Has("sessions")) {
    setup.server.sessions_max =
        static_cast<size_t>(draws.Doubled("sessions", 2, 16));
  }
  if (swarm.Has("operator")) {
    setup.operator_actions = draws.Uniform("actions", 1, 5);
    setup.operator_alphabet.transfer = draws.Uniform("transfer", 0, 40);
    setup.operator_alphabet.one_server = draws.Uniform("one-server", 0, 40);
    setup.operator_alphabet.many_servers = draws.Uniform("many-servers", 0, 20);
  }
  setup.is_upgraded = draws.Chance("upgraded", {1, 4});
  AddDamage(draws, {1, 8}, setup);
}

// Clients hold locks while they and the servers crash, stand still and are
// parted, and while clocks run as far apart as all are told they may.
LockSetup AddLocks(const SetupDraws& draws, RaftSetup& setup) {
  setup.operations = (setup.operations + 2) / 3;
  setup.pause_max = setup.pause_max * 2;
  setup.clerk.deadline = setup.clerk.attempt * 2;
  const Swarm swarm(draws, "locks-");
  swarm.AddFaults(16'000, 256'000, setup);
  if (swarm.Has("snapshots")) {
    setup.server.replica.raft.log_bytes_max = 256;
    setup.server.replica.journal.log_bytes_max = 1000;
  }
  return {.lease = Milliseconds(draws.Doubled("lease", 100, 800)),
          .locks = static_cast<int>(draws.Uniform("locks", 1, 2))};
}

void RunLockScenario(Trial& trial) {
  const SetupDraws draws(trial.seed(), "raft-locks");
  RaftSetup setup = DrawSetup(trial, draws, DrawServers(draws));
  const LockSetup locks = AddLocks(draws, setup);
  RunLocks(trial, setup, locks);
}

template <void (*kAdd)(const SetupDraws&, RaftSetup&),
          int (*kServers)(const SetupDraws&) = DrawServers>
Scenario Row(const char* name, const char* about, uint64_t sweep_seeds,
             std::vector<std::string> marks) {
  return {.name = name,
          .about = about,
          .run = [name](Trial& trial) { Run(trial, name, kServers, kAdd); },
          .sweep_seeds = sweep_seeds,
          .max_steps = 1'000'000,
          .marks = std::move(marks),
          .lets_nodes_be_missing = true};
}

}  // namespace

std::vector<Scenario> RaftScenarios() {
  return {
      Row<AddRandomKeys>("raft-random-keys",
                         "a replicated store on a network that loses, delays "
                         "and duplicates",
                         kFewSeeds,
                         {"kv.session.", "kv.leader-caller.failed-attempt",
                          "kv.replicated-clerk.", "raft.read-",
                          "raft.append-before-its-turn", "raft.went-back"}),
      Row<AddCrashesAndDisks>(
          "raft-crashes", "its servers crash and lose what they had not synced",
          kFewSeeds,
          {"raft.commit-failed", "raft.committed-before-own-disk",
           "raft.rejoined-", "raft.voter-again"}),
      Row<AddDamagedDisks>(
          "raft-damaged-disks",
          "its disks stall, fill up, rot and write to wrong places, and a "
          "minority of them loses what was synced",
          kFewSeeds,
          {"raft-scenario.damage-noticed", "raft-scenario.disk-not-trusted",
           "raft.rejoined-", "raft.voter-again"}),
      Row<AddPartitions>(
          "raft-partitions", "its servers are parted", kFewSeeds,
          {"raft.conflict-truncated", "raft.pre-vote-refused",
           "raft.split-vote", "raft.stepped-down-without-quorum"}),
      Row<AddSlowDisks>(
          "raft-slow-disks", "its disks are slow and fail", kFewSeeds,
          {"raft.messages-shared-a-sync", "raft.not-committed-by-counting"}),
      Row<AddSnapshots>("raft-snapshots",
                        "its logs are short, so that servers that fall behind "
                        "are sent snapshots",
                        kFewSeeds, {"raft.snapshot-", "raft.log-compacted"}),
      Row<AddMembership>(
          "raft-membership",
          "its members change, and its leader, during faults", kFewSeeds,
          {"raft.follower-far-behind", "raft.joint-left",
           "raft.removed-leader-left", "raft-scenario.change-refused",
           "raft-scenario.learners-added", "raft-scenario.members-changed"}),
      Row<AddGuided, FiveServers>(
          "raft-operated",
          "operators add, remove and replace its servers, and move "
          "leadership, during faults",
          kFewSeeds, {"kv.operator.", "raft-scenario.guided"}),
      Row<AddClocks>(
          "raft-clock-skew", "its leader reads by a lease, while clocks drift",
          kFewSeeds,
          {"raft.lease-lost", "raft.transfer-", "raft-scenario.transferred"}),
      Row<AddUpgrade>("raft-rolling-upgrade",
                      "its servers go down and come back with another version",
                      kFewSeeds,
                      {"raft.files-upgraded", "raft.later-version-refused",
                       "raft-scenario.went-back"}),
      Row<AddSwarm>("raft-swarm",
                    "all is drawn: faults, options, operations, operators",
                    kFewSeeds, {"kv.leader-caller.unknown"}),
      {.name = "raft-locks",
       .about = "a lock service on the same log: leases expire while clients "
                "and servers crash, pause and drift",
       .run = RunLockScenario,
       .sweep_seeds = kFewSeeds,
       .max_steps = 1'000'000,
       .marks = {"lock."}},
  };
}

}  // namespace reprise
