#include "scenario.h"

#include "server.h"

namespace counting {

using namespace reprise;
using checker::CounterFunction;
using checker::CounterModel;

void Counting(Trial& trial) {
  World& world = trial.NewWorld(fault::Swarm{trial.seed()});
  const bool forgets = trial.bug() == "forgets-tickets";
  Recorder<CounterModel> recorder(trial);
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) { RunServer(env, forgets); });
  for (int client = 0; client < trial.Option("clients", 3); ++client) {
    world.AddNode(NodeName("client", client)).Spawn([&, client](Env& env) {
      for (int i = 0; i < 10; ++i) {
        const std::string ticket =
            std::to_string(client) + "/" + std::to_string(i);
        const auto id = recorder.Invoke(
            {.client = client},
            {.function = CounterFunction::kAddAndGet, .amount = 1});
        recorder.Return(id, {.number = Add(env, server.id(), ticket)});
      }
    });
  }
  trial.RunWithLiveness(
      {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(10)});
  trial.End();
  trial.Expect(Linearizable(recorder));
}

Catalog CountingCatalog() {
  return {.scenarios = {{.name = "counting",
                         .about = "clients count on a troubled network",
                         .run = Counting,
                         .sweep_seeds = 1000,
                         .marks = {"counting."}}},
          .bugs = {{.name = "forgets-tickets",
                    .about = "a request that is repeated counts again",
                    .scenario = "counting",
                    .property = "linearizability"}},
          .presets = Presets(),
          .program = "bazel-bin/counting"};
}

}  // namespace counting
