// What it costs in wall-clock time to simulate an operation on a server, with
// and without a disk, its clerk and the network between them included.

#include <cstdint>

#include "absl/status/status.h"
#include "benchmark/benchmark.h"
#include "reprise/kv/clerk.h"
#include "reprise/kv/durable_server.h"
#include "reprise/kv/server.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int kPutsEach = 200;

// `range` clerks put ten bytes under one key.
void RunPuts(benchmark::State& state, void (*program)(Env&)) {
  const auto clients = static_cast<int>(state.range(0));
  for (auto _ : state) {
    World world({.seed = Seed(1), .faults = fault::Calm()});
    Node& server = world.AddNode("server");
    server.OnBoot(program);
    for (int client = 0; client < clients; ++client) {
      world.AddNode(NodeName("clerk", client)).Spawn([&server](Env& env) {
        kv::Clerk clerk(env, server.id());
        for (int i = 0; i < kPutsEach; ++i) clerk.Put("k", "0123456789");
      });
    }
    world.RunUntilIdle();
  }
  state.SetItemsProcessed(state.iterations() * clients * kPutsEach);
}

void BM_Server_Put(benchmark::State& state) {
  RunPuts(state, [](Env& env) { kv::Server(env).Run(); });
}
BENCHMARK(BM_Server_Put)->Arg(1)->Arg(50);

// Clerks that come at once share a sync.
void BM_DurableServer_Put(benchmark::State& state) {
  RunPuts(state, [](Env& env) {
    const absl::Status status = kv::DurableServer(env).Run();
    REPRISE_CHECK(status.ok(), status.message());
  });
}
BENCHMARK(BM_DurableServer_Put)->Arg(1)->Arg(50);

}  // namespace
}  // namespace reprise
