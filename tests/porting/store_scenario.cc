#include "tests/porting/store_scenario.h"

#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/porting/ported_store.h"

namespace porting {
namespace {

constexpr int kSets = 20;

reprise::Bytes Ask(reprise::Env& env, reprise::NodeId server,
                   const std::string& request) {
  const reprise::CallOptions patience = {.deadline = reprise::Milliseconds(50)};
  for (;;) {
    auto answer = env.network().Call(server, "store", request, patience);
    if (answer.ok()) return *answer;
    env.clock().SleepFor(reprise::Milliseconds(1));
  }
}

// The server crashes now and then; its disk keeps what it must, and little
// else.
reprise::FaultMix Crashes() {
  reprise::FaultMix mix = reprise::fault::Calm{};
  mix.nodes.crash = {.start = {1, 10},
                     .minimum = reprise::Milliseconds(1),
                     .mean = reprise::Milliseconds(10)};
  mix.disks.sector_lost = {1, 4};
  mix.disks.sector_torn = {1, 4};
  mix.disks.sector_garbled = {1, 4};
  mix.disks.size_lost = {1, 4};
  mix.disks.name_lost = {1, 2};
  return mix;
}

void StoreRestarts(reprise::Trial& trial) {
  reprise::World& world = trial.NewWorld(Crashes());
  const Syncs syncs =
      trial.bug() == "never-syncs" ? Syncs::kNever : Syncs::kEachBatch;
  reprise::Node& server = world.AddNode("server");
  server.OnBoot([syncs](reprise::Env& env) { Serve(env, syncs); });
  for (int client = 0; client < 3; ++client) {
    world.AddNode(reprise::NodeName("client", client))
        .Spawn([&](reprise::Env& env) {
          const std::string key(env.name());
          for (int i = 1; i <= kSets; ++i) {
            const std::string value = std::to_string(i);
            Ask(env, server.id(), "SET " + key + " " + value);
            env.clock().SleepFor(
                reprise::Milliseconds(env.random().Uniform(0, 30)));
            const reprise::Bytes found = Ask(env, server.id(), "GET " + key);
            trial.Expect(found == value, "durable",
                         key + " set " + value + " and found " + found + ".");
          }
        });
  }
  trial.RunWithLiveness({.faults_end = reprise::VirtualTime::Seconds(2),
                         .bound = reprise::Seconds(10)});
  trial.End();
}

}  // namespace

reprise::Catalog StoreCatalog() {
  return {.scenarios = {{.name = "store-restarts",
                         .about = "a server that moved here crashes",
                         .run = StoreRestarts,
                         .sweep_seeds = 500}},
          .bugs = {{.name = "never-syncs",
                    .about = "a value is answered before it is durable",
                    .scenario = "store-restarts",
                    .property = "durable"}},
          .presets = reprise::Presets(),
          .program = "store"};
}

}  // namespace porting
