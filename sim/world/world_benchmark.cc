#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

void Echo(Env& env) {
  env.network().Serve(
      "echo",
      [](NodeId, Bytes request) -> absl::StatusOr<Bytes> { return request; });
  env.tasks().WaitUntilStopped();
}

// Five clients call an echo server, one call after another each; an iteration
// is a call, answered or lost.
void CallEcho(benchmark::State& state, const FaultMix& faults) {
  World world({.seed = Seed(1),
               .faults = faults,
               .max_steps = UINT64_MAX,
               .max_time = VirtualTime::Infinite()});
  const NodeId server = world.AddNode("server").id();
  world.node(server).OnBoot(Echo);
  int64_t calls = 0;
  int64_t calls_wanted = 0;
  for (int client = 0; client < 5; ++client) {
    world.AddNode(NodeName("clerk", client)).Spawn([&, server](Env& env) {
      for (;;) {
        benchmark::DoNotOptimize(
            env.network().Call(server, "echo", Bytes(30, 'x')));
        if (++calls == calls_wanted) world.scheduler().Stop();
      }
    });
  }
  while (state.KeepRunningBatch(1'000)) {
    calls_wanted += 1'000;
    world.RunUntilIdle();
  }
  state.SetItemsProcessed(calls);
}

void BM_World_Call(benchmark::State& state) { CallEcho(state, fault::Lab()); }
BENCHMARK(BM_World_Call);

void BM_World_CallUnreliable(benchmark::State& state) {
  CallEcho(state, fault::Lab{.reliable = false});
}
BENCHMARK(BM_World_CallUnreliable);

void BM_World_CallHarsh(benchmark::State& state) {
  CallEcho(state, fault::Harsh());
}
BENCHMARK(BM_World_CallHarsh);

// A server and so many clients that do nothing: what every trial costs.
void BM_World_SetUpAndTearDown(benchmark::State& state) {
  for (auto _ : state) {
    World world({.seed = Seed(1), .faults = fault::Lab()});
    world.AddNode("server").OnBoot(Echo);
    for (int i = 0; i < state.range(0); ++i) {
      world.AddNode(NodeName("clerk", i)).Spawn([](Env&) {});
    }
    world.RunUntilIdle();
  }
}
BENCHMARK(BM_World_SetUpAndTearDown)->Arg(1)->Arg(5)->Arg(100);

}  // namespace
}  // namespace reprise
