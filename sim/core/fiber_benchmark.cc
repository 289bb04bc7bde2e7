#include <cstdint>

#include "benchmark/benchmark.h"
#include "sim/core/fiber.h"
#include "sim/core/ids.h"
#include "sim/core/scheduler.h"
#include "sim/core/stack_arena.h"

namespace reprise {
namespace {

// Into the fiber and back: two switches of stacks.
void BM_Fiber_EnterAndLeave(benchmark::State& state) {
  StackArena arena({});
  Fiber fiber(arena.Acquire(), [](void* self) {
    for (;;) (*static_cast<Fiber**>(self))->Leave();
  });
  Fiber* self = &fiber;
  for (auto _ : state) fiber.Enter(&self);
}
BENCHMARK(BM_Fiber_EnterAndLeave);

void BM_Fiber_MakeAndUnwind(benchmark::State& state) {
  StackArena arena({});
  const Stack stack = arena.Acquire();
  for (auto _ : state) {
    Fiber fiber(stack, [](void*) {});
    fiber.Enter(nullptr);
  }
}
BENCHMARK(BM_Fiber_MakeAndUnwind);

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
