#include "tests/scenarios/raft/setup.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/replica_options.h"

namespace reprise {
namespace {

constexpr OptionRange kServers = {.first = 1, .last = 9};
constexpr OptionRange kRaftClients = {.first = 1, .last = 1000};
constexpr OptionRange kJudgeServers = {.first = 0, .last = 1};

DelayOptions DrawLatency(const SetupDraws& draws, std::string_view name,
                         Duration calm, Duration most) {
  return {.calm = calm,
          .shape = DelayShape::kExponential,
          .minimum = calm,
          .maximum = most * 10,
          .mean = draws.Time(name, calm, most)};
}

void DrawRaft(const SetupDraws& draws, kv::raft::Options& raft) {
  raft.election_timeout =
      draws.Time("election-timeout", Milliseconds(80), Milliseconds(200));
  raft.heartbeat = raft.election_timeout / draws.Uniform("heartbeat", 2, 4);
  if (draws.Chance("lease", {1, 2})) raft.reads = kv::raft::ReadMode::kLease;
  raft.append_bytes_max =
      static_cast<size_t>(draws.Doubled("append-bytes", 64, 64 << 10));
  raft.appends_in_flight_max =
      static_cast<size_t>(draws.Doubled("in-flight", 1, 16));
  raft.snapshot_piece_bytes =
      static_cast<size_t>(draws.Doubled("piece-bytes", 64, 64 << 10));
  raft.log_bytes_max =
      static_cast<size_t>(draws.Doubled("log-bytes", 256, 64 << 10));
  raft.uncommitted_bytes_max =
      static_cast<size_t>(draws.Doubled("uncommitted-bytes", 512, 64 << 10));
}

Alphabet DrawAlphabet(const SetupDraws& draws) {
  Alphabet alphabet;
  alphabet.shared_append = draws.Uniform("shared-append", 0, 30);
  alphabet.append = draws.Uniform("append", 0, 30);
  alphabet.put = draws.Uniform("put", 0, 40);
  alphabet.keys = draws.Uniform("keys", 1, 4);
  alphabet.value_bytes = draws.Doubled("value-bytes", 8, 256);
  return alphabet;
}

}  // namespace

Probability SetupDraws::Ratio(std::string_view name,
                              int64_t percent_max) const {
  const int64_t percent = Uniform(name, -percent_max, percent_max);
  return {static_cast<uint32_t>(std::max<int64_t>(percent, 0)), 100};
}

int64_t SetupDraws::Doubled(std::string_view name, int64_t first,
                            int64_t last) const {
  int64_t doublings = 0;
  while ((first << (doublings + 1)) <= last) ++doublings;
  return first << Uniform(name, 0, doublings);
}

int DrawServers(const SetupDraws& draws) {
  return draws.Chance("servers", {1, 2}) ? 3 : 5;
}

RaftSetup DrawSetup(Trial& trial, const SetupDraws& draws, int usual_servers) {
  RaftSetup setup;
  setup.servers =
      static_cast<int>(trial.Option("servers", usual_servers, kServers));
  setup.first_members = setup.servers;
  setup.clients = static_cast<int>(trial.Option("clients", 4, kRaftClients));
  setup.operations = trial.Option("operations", 14);
  setup.faults_length = Milliseconds(trial.Option("milliseconds", 2500));
  setup.are_servers_judged =
      trial.Option("judge-servers", 1, kJudgeServers) != 0;
  setup.pause_max = setup.faults_length / setup.operations;
  DrawRaft(draws, setup.server.replica.raft);
  setup.server.replica.journal.log_bytes_max =
      static_cast<uint64_t>(draws.Doubled("journal-bytes", 1000, 64'000));
  setup.clerk.attempt =
      draws.Time("attempt", Milliseconds(100), Milliseconds(500));
  setup.alphabet = DrawAlphabet(draws);
  setup.faults.network.request.delay = {.calm = Milliseconds(1),
                                        .minimum = Microseconds(500),
                                        .maximum = Milliseconds(5)};
  setup.faults.network.reply = setup.faults.network.request;
  setup.faults.aim = DrawAim(draws);
  return setup;
}

PacketOptions DrawPackets(const SetupDraws& draws) {
  PacketOptions packet;
  packet.delay = {.calm = Milliseconds(1),
                  .minimum = draws.Time("delay-minimum", Microseconds(100),
                                        Milliseconds(2)),
                  .maximum = draws.Time("delay-maximum", Milliseconds(2),
                                        Milliseconds(30))};
  packet.delay.late = draws.Ratio("late", 3);
  packet.delay.late_minimum = Milliseconds(50);
  packet.delay.late_maximum = Milliseconds(500);
  packet.loss = draws.Ratio("loss", 20);
  packet.duplicate = draws.Ratio("duplicate", 30);
  return packet;
}

void DrawLinkFaults(const SetupDraws& draws, NetworkOptions& network) {
  const auto is_on = [&draws](std::string_view name) {
    return draws.Chance(name, {1, 4});
  };
  const auto per_mille = [&draws](std::string_view name, int64_t most) {
    return Probability{static_cast<uint32_t>(draws.Uniform(name, 1, most)),
                       1000};
  };
  if (is_on("flap")) {
    network.flap = {
        .start = per_mille("flap-start", 20),
        .minimum = Milliseconds(10),
        .mean = draws.Time("flap-mean", Milliseconds(50), Milliseconds(800)),
        .rest = Milliseconds(50)};
    network.flap_up = draws.Time("flap-up", Milliseconds(1), Milliseconds(100));
    network.flap_down =
        draws.Time("flap-down", Milliseconds(1), Milliseconds(100));
  }
  if (is_on("bad-link")) {
    network.bad_link = per_mille("bad-links", 500);
    network.bad_link_loss = draws.Ratio("bad-link-loss", 90);
    network.bad_link_delay = draws.Time("bad-link-delay", {}, Milliseconds(50));
  }
  if (is_on("slow-method")) {
    network.slow_method = {
        .start = per_mille("slow-method-start", 20),
        .minimum = Milliseconds(10),
        .mean =
            draws.Time("slow-method-mean", Milliseconds(50), Milliseconds(800)),
        .rest = Milliseconds(50)};
    network.slow_method_delay =
        draws.Time("slow-method-delay", {}, Milliseconds(300));
    network.slow_method_loss = draws.Ratio("slow-method-loss", 90);
  }
  if (is_on("reorder")) {
    for (PacketOptions* packet : {&network.request, &network.reply}) {
      packet->reorder = per_mille("reorder-packets", 200);
      packet->reorder_window = draws.Uniform("reorder-window", 1, 8);
      packet->reorder_wait =
          draws.Time("reorder-wait", Milliseconds(1), Milliseconds(300));
    }
  }
}

AimOptions DrawAim(const SetupDraws& draws) {
  if (!draws.Chance("aim", {1, 2})) return {};
  AimOptions aim = {
      .label = kv::raft::kLeaderLabel,
      .factor = draws.Uniform("aim-factor", 1, 20),
      .cut_off = {static_cast<uint32_t>(draws.Uniform("aim-cut-off", 0, 100)),
                  100}};
  if (draws.Chance("aim-new", {1, 2})) {
    aim.window = draws.Time("aim-window", Milliseconds(10), Milliseconds(200));
  }
  return aim;
}

OutageOptions DrawCrashes(const SetupDraws& draws) {
  return {.start = {static_cast<uint32_t>(draws.Uniform("crash", 1, 20)), 1000},
          .minimum = Milliseconds(1),
          .mean = draws.Time("crash-mean", Milliseconds(1), Milliseconds(300)),
          .rest = draws.Time("crash-rest", {}, Milliseconds(300))};
}

PartitionOptions DrawPartitions(const SetupDraws& draws) {
  PartitionOptions partitions;
  partitions.outage = {
      .start = {static_cast<uint32_t>(draws.Uniform("partition", 10, 100)),
                1000},
      .minimum = Milliseconds(10),
      .mean = draws.Time("partition-mean", Milliseconds(50), Milliseconds(800)),
      .rest = Milliseconds(20)};
  partitions.one_way = {1, 3};
  partitions.parts_clients = draws.Chance("parts-clients", {1, 2});
  return partitions;
}

TaskOptions DrawTasks(const SetupDraws& draws) {
  TaskOptions tasks;
  tasks.pass = draws.Ratio("pass", 40);
  tasks.pass_max = draws.Uniform("pass-most", 1, 8);
  if (draws.Chance("forget", {1, 2})) {
    tasks.forget = {static_cast<uint32_t>(draws.Uniform("forget-often", 1, 10)),
                    1000};
    tasks.forget_mean =
        draws.Time("forget-mean", Milliseconds(1), Milliseconds(100));
  }
  return tasks;
}

DiskOptions DrawDisks(const SetupDraws& draws) {
  DiskOptions disk;
  disk.read = DrawLatency(draws, "read", Microseconds(20), Milliseconds(1));
  disk.write = DrawLatency(draws, "write", Microseconds(10), Milliseconds(1));
  disk.sync = DrawLatency(draws, "sync", Microseconds(100), Milliseconds(10));
  disk.write_error = draws.Ratio("write-error", 3);
  disk.sync_error = draws.Ratio("sync-error", 3);
  disk.sector_lost = draws.Ratio("sector-lost", 33);
  disk.sector_torn = draws.Ratio("sector-torn", 33);
  disk.sector_garbled = draws.Ratio("sector-garbled", 33);
  disk.size_lost = draws.Ratio("size-lost", 50);
  disk.name_lost = draws.Ratio("name-lost", 50);
  return disk;
}

}  // namespace reprise
