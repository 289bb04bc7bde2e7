#include "tests/tutorial/counting.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// The system under test: it sees an Env and nothing else.
void Count(Env& env, int64_t& total, bool counts_repeats) {
  std::set<Bytes> seen;
  env.network().Serve("add", [&](NodeId, Bytes ticket) {
    const bool is_new = seen.insert(ticket).second;
    if (is_new || counts_repeats) ++total;
    return Bytes("done");
  });
  env.tasks().WaitUntilStopped();
}

void Add(Env& env, NodeId server, const Bytes& ticket) {
  const CallOptions patience = {.deadline = Milliseconds(100)};
  while (!env.network().Call(server, "add", ticket, patience).ok()) {
  }
}

// The scenario: who is there, what goes wrong, what must be true.
void Counting(Trial& trial) {
  World& world = trial.NewWorld(fault::Swarm{trial.seed()});
  const bool has_bug = trial.bug() == "counts-repeats";
  int64_t total = 0;
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) { Count(env, total, has_bug); });
  const int64_t clients = trial.Option("clients", 3);
  for (int client = 0; client < clients; ++client) {
    Node& host = world.AddNode(NodeName("client", client));
    host.Spawn([&server](Env& env) {
      for (int i = 0; i < 10; ++i) {
        Add(env, server.id(), std::string(env.name()) + std::to_string(i));
      }
    });
  }
  // Beside what the mix draws: the server stands still from 5 ms to 205 ms.
  world.script().Pause({VirtualTime::Milliseconds(5), Milliseconds(200)},
                       server.id());
  trial.RunWithLiveness(
      {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(10)});
  trial.End();
  trial.Expect(total == 10 * clients, "exactly-once",
               "the total is " + std::to_string(total) + ".");
}

Catalog CountingCatalog() {
  return {.scenarios = {{.name = "counting",
                         .about = "clients count on a troubled network",
                         .run = Counting,
                         .sweep_seeds = 1000}},
          .bugs = {{.name = "counts-repeats",
                    .about = "a repeated request counts again",
                    .scenario = "counting",
                    .property = "exactly-once"}},
          .presets = Presets(),
          .program = "counting"};
}

}  // namespace reprise
