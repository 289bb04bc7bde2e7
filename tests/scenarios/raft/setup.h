// RaftSetup: all that is drawn for a trial of the replicated store, or of
// another state machine on the same log: how many servers, how they are set,
// what goes wrong, and what clients and operators do.
//
//   const SetupDraws draws(trial.seed(), "raft-swarm");
//   RaftSetup setup = DrawSetup(trial, draws, DrawServers(draws));
//   setup.faults.partitions = DrawPartitions(draws);
//   RunRaft(trial, setup);

#ifndef TESTS_SCENARIOS_RAFT_SETUP_H_
#define TESTS_SCENARIOS_RAFT_SETUP_H_

#include <cstdint>
#include <string_view>

#include "reprise/kv/leader_caller.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

// How often clients do what, in hundredths; the rest are Gets.
struct Alphabet {
  int64_t shared_append = 15;  // Of an item, to the key that nobody puts.
  int64_t append = 20;
  int64_t put = 20;
  int64_t keys = 3;         // That the others share.
  int64_t value_bytes = 8;  // That a Put writes, at least.
};

// What an operator does, in hundredths; the rest is nothing.
struct OperatorAlphabet {
  int64_t transfer = 0;
  int64_t one_server = 0;    // Comes or goes.
  int64_t many_servers = 0;  // Any membership, by a joint one.
  // A server is added, removed, replaced or let lead, as by `kv member` and `kv
  // transfer`.
  int64_t guided = 0;
};

struct RaftSetup {
  int servers = 3;
  int first_members = 3;  // The others may be added.
  int zones = 0;          // In which the servers stand; 0: in none.
  int clients = 3;
  int64_t operations = 10;  // Of each client.
  kv::ReplicatedServerOptions server = {};
  kv::LeaderCallerOptions clerk = {};
  FaultMix faults = {};
  Duration faults_length = Milliseconds(2500);
  Duration pause_max = {};  // Of a client, between two operations.
  Alphabet alphabet = {};
  int operators = 1;
  int64_t operator_actions = 0;  // Of each.
  OperatorAlphabet operator_alphabet = {};
  int voters_min = 1;  // That operators want.
  // Servers begin with the first version, and come back with another.
  bool is_upgraded = false;
  // One server finds its files damaged when it starts again.
  bool is_damaged = false;
  // Disks lose what was synced, on a minority of the servers
  // (World::KeepMajority).
  bool loses_synced_data = false;
  // By what nobody but a judge of all nodes sees, as RaftProperties; else only
  // what clients see, and what is measured, is.
  bool are_servers_judged = true;
};

// The draws of a trial's setup: each is named, so that another one more moves
// none.
class SetupDraws {
 public:
  SetupDraws(Seed seed, std::string_view scenario)
      : seed_(seed), scenario_(HashName(scenario)) {}

  int64_t Uniform(std::string_view name, int64_t first, int64_t last) const {
    return UniformOfWord(Word(name), first, last);
  }
  bool Chance(std::string_view name, Probability probability) const {
    return ChanceOfWord(Word(name), probability);
  }
  // 0..`percent_max` hundredths, and 0 in every other seed.
  Probability Ratio(std::string_view name, int64_t percent_max) const;
  // 1, 2, 4 ... times `first`, at most `last`.
  int64_t Doubled(std::string_view name, int64_t first, int64_t last) const;
  Duration Time(std::string_view name, Duration least, Duration most) const {
    return Nanoseconds(Uniform(name, least.nanoseconds(), most.nanoseconds()));
  }

 private:
  uint64_t Word(std::string_view name) const {
    return WordAt(StreamKey(seed_, scenario_, HashName(name)), 0);
  }

  Seed seed_;
  uint64_t scenario_;
};

// Three or five.
int DrawServers(const SetupDraws& draws);

// What all scenarios have: sizes, the options of servers and clerks, the
// alphabet, and a network and disks without faults. Options of the trial:
// servers (`usual_servers` where it is not given), clients, operations (of each
// client), milliseconds (until the faults end), judge-servers (0: no).
RaftSetup DrawSetup(Trial& trial, const SetupDraws& draws, int usual_servers);

// Faults by their sources.
PacketOptions DrawPackets(const SetupDraws& draws);
// Flaps, bad links, slow methods and packets that are passed, each in a quarter
// of the seeds. They are added to what `network` has.
void DrawLinkFaults(const SetupDraws& draws, NetworkOptions& network);
OutageOptions DrawCrashes(const SetupDraws& draws);
// In half of the seeds at the leader, in half of those at a new one alone.
AimOptions DrawAim(const SetupDraws& draws);
PartitionOptions DrawPartitions(const SetupDraws& draws);
// Ready tasks overtake one another, and are forgotten now and then.
TaskOptions DrawTasks(const SetupDraws& draws);
// Slow ones, and what a crash does to what is not synced.
DiskOptions DrawDisks(const SetupDraws& draws);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_SETUP_H_
