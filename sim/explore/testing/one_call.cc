#include "reprise/sim/explore/testing/one_call.h"

#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

void OneCall(Trial& trial) {
  World& world = trial.NewWorld(fault::Lab{.reliable = true});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [](NodeId, Bytes request) { return request; });
    env.tasks().WaitUntilStopped();
  });
  bool is_answered = false;
  world.AddNode("client").Spawn([&](Env& env) {
    is_answered = env.network().Call(server.id(), "echo", "hello").ok();
  });
  trial.Run();
  trial.Expect(is_answered, "answer", "no answer came");
}

}  // namespace

Scenario OneCallScenario() { return {.name = "one-call", .run = OneCall}; }

}  // namespace reprise
