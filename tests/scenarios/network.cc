#include "tests/scenarios/network.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/recorded_clerk.h"
#include "tests/scenarios/workload.h"

namespace reprise {
namespace {

// Clients share keys while somebody pulls their cables.
void UseKeysWhileCablesArePulled(Trial& trial,
                                 Recorder<KeyValueModel>& recorder,
                                 NodeId server) {
  const std::vector<Node*> hosts = SpawnClerks(
      trial, recorder, server,
      {.clients = static_cast<int>(trial.Option("clients", 5, kClients)),
       .operations = trial.Option("operations", 20)},
      [](Turn& turn) {
        const std::string key = absl::StrCat(turn.draws.Uniform(0, 4));
        DoAnyOperation(turn.clerk, key, turn.item(), turn.draws);
      });
  trial.world().AddNode("hand").Spawn([&trial, server, hosts](Env& env) {
    const auto clients = static_cast<int>(hosts.size());
    for (int64_t i = 0; i < 20; ++i) {
      RandomStream draws = trial.Workload(clients, i);
      const NodeId host = hosts[draws.Uniform(0, clients - 1)]->id();
      trial.world().SetConnected(host, server, false);
      env.clock().SleepFor(Milliseconds(draws.Uniform(0, 500)));
      trial.world().SetConnected(host, server, true);
      env.clock().SleepFor(Milliseconds(draws.Uniform(0, 500)));
    }
  });
}

// A server that needs 20 s for a call is stopped after 10 s, and another takes
// its place: the call must fail then. Returns the node.
NodeId ReplaceAWorkingServer(Trial& trial) {
  World& world = trial.world();
  Node& archive = world.AddNode("archive");
  archive.OnBoot([](Env& env) {
    env.network().Serve("work", [&env](NodeId, Bytes request) {
      env.clock().SleepFor(Seconds(20));
      return request;
    });
    env.network().Serve("echo", [](NodeId, Bytes request) { return request; });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("operator").Spawn([&archive](Env& env) {
    env.clock().SleepFor(Seconds(10));
    archive.Crash();
    env.clock().SleepFor(Milliseconds(1));
    archive.Restart();
  });
  world.AddNode("reader").Spawn([&trial, &archive](Env& env) {
    const absl::StatusOr<Bytes> reply =
        env.network().Call(archive.id(), "work", "page");
    trial.Expect(absl::IsUnavailable(reply.status()), "replaced-server",
                 absl::StrCat("a call to a server that was replaced ended as ",
                              reply.status().ToString(), "."));
    trial.Expect(env.clock().Now() <= VirtualTime::Seconds(11),
                 "replaced-server",
                 "the caller of a replaced server learned of it too late.");
  });
  return archive.id();
}

// What the network counts for calls of known length, alone in the world.
void CountCallsAndBytes(Trial& trial, NodeId archive) {
  constexpr int kCalls = 100;
  constexpr int kLength = 1000;
  World& world = trial.world();
  const NetworkCounters before = world.counters();
  const FaultCounts faults_before = world.fault_counts();
  uint64_t answered = 0;
  world.AddNode("counter").Spawn([&answered, archive](Env& env) {
    for (int i = 0; i < kCalls; ++i) {
      const absl::StatusOr<Bytes> reply =
          env.network().Call(archive, "echo", Bytes(kLength, 'x'));
      if (reply.ok()) ++answered;
    }
  });
  trial.Run();
  const NetworkCounters& after = world.counters();
  trial.Expect(
      after.calls - before.calls == kCalls &&
          after.request_bytes - before.request_bytes ==
              uint64_t{kCalls} * kLength &&
          after.reply_bytes - before.reply_bytes == answered * kLength,
      "network-counters",
      absl::StrCat(kCalls, " calls of ", kLength, " bytes, of which ", answered,
                   " were answered, counted as ", after.calls - before.calls,
                   " calls, ", after.request_bytes - before.request_bytes,
                   " bytes sent and ", after.reply_bytes - before.reply_bytes,
                   " bytes answered."));
  uint64_t lost = 0;
  for (const Fault loss : {Fault::kRequestLoss, Fault::kReplyLoss}) {
    lost += world.fault_counts()[loss] - faults_before[loss];
  }
  trial.Expect(answered + lost == kCalls, "network-counters",
               absl::StrCat(kCalls, " calls had ", answered, " answers and ",
                            lost, " losses."));
}

void LabNetwork(Trial& trial) {
  trial.NewWorld(fault::Lab{
      .reliable = false, .long_delays = true, .long_reordering = true});
  Recorder<KeyValueModel> recorder(trial);
  UseKeysWhileCablesArePulled(trial, recorder, AddServer(trial));
  const NodeId archive = ReplaceAWorkingServer(trial);
  RunUntilIdleAndJudge(trial, recorder);
  CountCallsAndBytes(trial, archive);
}

}  // namespace

std::vector<Scenario> NetworkScenarios() {
  return {{.name = "lab-network",
           .about = "cables pulled, a server replaced, long delays, reordering",
           .run = LabNetwork,
           .sweep_seeds = 500}};
}

}  // namespace reprise
