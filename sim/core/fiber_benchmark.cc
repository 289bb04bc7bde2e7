#include <cstdint>

#include "benchmark/benchmark.h"
#include "reprise/sim/core/fiber.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/stack_arena.h"

namespace reprise {
namespace {

// To another fiber and back: two switches of stacks.
void BM_Fiber_SwitchThereAndBack(benchmark::State& state) {
  // tidy: allow(global) the body of a fiber takes no argument
  static thread_local Fiber* here;
  // tidy: allow(global) as above
  static thread_local Fiber* there;
  StackArena arena({});
  Fiber thread;
  Fiber fiber(arena.Acquire(), [] {
    for (;;) here->SwitchFrom(*there);
  });
  here = &thread;
  there = &fiber;
  for (auto _ : state) fiber.SwitchFrom(thread);
}
BENCHMARK(BM_Fiber_SwitchThereAndBack);

// A pooled task from its spawning to its end.
void BM_Scheduler_SpawnAndRun(benchmark::State& state) {
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  for (auto _ : state) {
    scheduler.Spawn(group, "task", [] {});
    scheduler.Run({});
  }
}
BENCHMARK(BM_Scheduler_SpawnAndRun);

// A switch from one of so many tasks to the next.
void BM_Scheduler_Yield(benchmark::State& state) {
  constexpr int64_t kBatch = 1'000;
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  int64_t left = 0;
  for (int64_t i = 0; i < state.range(0); ++i) {
    scheduler.Spawn(group, "task", [&scheduler, &left] {
      for (;;) {
        if (--left == 0) scheduler.Stop();
        scheduler.Yield();
      }
    });
  }
  while (state.KeepRunningBatch(kBatch)) {
    left = kBatch;
    scheduler.Run({});
  }
}
BENCHMARK(BM_Scheduler_Yield)->Arg(1)->Arg(1'000)->Arg(10'000);

}  // namespace
}  // namespace reprise
