#include "tests/scenarios/outages.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/recorded_clerk.h"
#include "tests/scenarios/workload.h"

namespace reprise {
namespace {

constexpr VirtualTime kFaultsEnd = VirtualTime::Seconds(2);
// Many times what the work takes on a healthy network.
constexpr Duration kBound = Seconds(10);
constexpr int64_t kKeys = 4;
constexpr int64_t kThinkMillisecondsMax = 40;

// The server and its clients, for scenarios to trouble.
struct Cluster {
  NodeId server;
  std::vector<Node*> clerks;
};

// Clients that share keys and think before each operation.
Cluster ShareKeys(Trial& trial, Recorder<KeyValueModel>& recorder) {
  recorder.StopWhenIllegal();
  const NodeId server = AddServer(trial);
  const std::vector<Node*> clerks = SpawnClerks(
      trial, recorder, server,
      {.clients = static_cast<int>(trial.Option("clients", 4, kClients)),
       .operations = trial.Option("operations", 15)},
      [](Turn& turn) {
        const int64_t think = turn.draws.Uniform(0, kThinkMillisecondsMax);
        turn.env.clock().SleepFor(Milliseconds(think));
        const std::string key = absl::StrCat(turn.draws.Uniform(0, kKeys - 1));
        DoAnyOperation(turn.clerk, key, turn.item(), turn.draws);
      });
  return {server, clerks};
}

void Judge(Trial& trial, const Recorder<KeyValueModel>& recorder) {
  RunAndJudge(trial, recorder, {.faults_end = kFaultsEnd, .bound = kBound});
}

// Up to 5 ms each way; one packet in fifty is lost, one in ten is duplicated.
FaultMix BriskNetwork() {
  PacketOptions packet;
  packet.delay = {.calm = Milliseconds(1),
                  .minimum = Microseconds(100),
                  .maximum = Milliseconds(5)};
  packet.loss = {1, 50};
  packet.duplicate = {1, 10};
  FaultMix faults;
  faults.network.request = packet;
  faults.network.reply = packet;
  faults.network.default_deadline = Milliseconds(100);
  return faults;
}

// A mix of its own for each seed: the preset `swarm`.
void SwarmRandomKeys(Trial& trial) {
  trial.NewWorld(fault::Swarm{trial.seed()});
  Recorder<KeyValueModel> recorder(trial);
  ShareKeys(trial, recorder);
  Judge(trial, recorder);
}

// Clients are cut off from the server, one way or both ways.
void PartitionedClients(Trial& trial) {
  FaultMix faults = BriskNetwork();
  faults.partitions = {.outage = {.start = {1, 20},
                                  .minimum = Milliseconds(20),
                                  .mean = Milliseconds(200),
                                  .rest = Milliseconds(50)},
                       .one_way = {1, 2},
                       .parts_clients = true};
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const Cluster cluster = ShareKeys(trial, recorder);
  // One client is cut off for so long that it tries several times.
  world.script().Partition(
      {VirtualTime::Milliseconds(100), Milliseconds(700)},
      Partition::Split({cluster.clerks.front()->id()}, {cluster.server}));
  Judge(trial, recorder);
}

// The server stands still, or hears late of what is sent to it.
void PausedServer(Trial& trial) {
  FaultMix faults = BriskNetwork();
  faults.nodes.pause = {.start = {1, 15},
                        .minimum = Milliseconds(20),
                        .mean = Milliseconds(100),
                        .rest = Milliseconds(30)};
  faults.nodes.slow = {.start = {1, 40}, .mean = Milliseconds(200)};
  faults.nodes.slow_delay = Milliseconds(60);
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const Cluster cluster = ShareKeys(trial, recorder);
  world.script().Pause({VirtualTime::Milliseconds(200), Milliseconds(400)},
                       cluster.server);
  Judge(trial, recorder);
}

// Connections break while they carry calls.
void BrokenConnections(Trial& trial) {
  FaultMix faults = BriskNetwork();
  faults.network.reset = {1, 5};
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const Cluster cluster = ShareKeys(trial, recorder);
  for (int64_t i = 0; i < 20; ++i) {
    world.script().Reset(VirtualTime::Milliseconds(13 * (i + 1)),
                         cluster.clerks.front()->id(), cluster.server);
  }
  Judge(trial, recorder);
}

// Clocks run wrong and jump.
void ClockSkew(Trial& trial) {
  FaultMix faults = BriskNetwork();
  faults.network.request.loss = {1, 10};
  faults.network.reply.loss = {1, 10};
  faults.clocks = {.skew_max = Seconds(3600),
                   .drift_ppm_max = 100'000,
                   .jump = {1, 50},
                   .jump_max = Seconds(60)};
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const Cluster cluster = ShareKeys(trial, recorder);
  // Somebody corrects the server's clock by an hour.
  world.script().JumpClock(VirtualTime::Milliseconds(300), cluster.server,
                           Seconds(3600));
  Judge(trial, recorder);
}

}  // namespace

std::vector<Scenario> OutageScenarios() {
  return {
      {.name = "swarm-random-keys",
       .about = "clients share keys under a fault mix that each seed draws",
       .run = SwarmRandomKeys,
       .sweep_seeds = 1000},
      {.name = "partitioned-clients",
       .about = "clients are cut off from their server, one way or both",
       .run = PartitionedClients,
       .sweep_seeds = 1000},
      {.name = "paused-server",
       .about = "the server stands still while its clients go on",
       .run = PausedServer,
       .sweep_seeds = 1000},
      {.name = "broken-connections",
       .about = "connections break while they carry calls",
       .run = BrokenConnections,
       .sweep_seeds = 1000},
      {.name = "clock-skew",
       .about = "clocks run at rates of their own, are wrong and jump",
       .run = ClockSkew,
       .sweep_seeds = 1000},
  };
}

}  // namespace reprise
