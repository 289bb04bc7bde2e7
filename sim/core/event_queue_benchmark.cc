#include <cstddef>
#include <cstdint>
#include <vector>

#include "benchmark/benchmark.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

struct TestEvent final : Event {
  void Fire() override {}
};

VirtualTime SomeTime(const EventQueue& queue, RandomStream& random) {
  return queue.now() + Nanoseconds(random.Uniform(1, 1'000'000));
}

// A queue that holds `depth` events, and one more event.
struct FilledQueue {
  explicit FilledQueue(int64_t depth) : events(static_cast<size_t>(depth)) {
    for (TestEvent& event : events) queue.Push(event, SomeTime(queue, random));
  }

  std::vector<TestEvent> events;
  TestEvent extra;
  RandomStream random{1};
  EventQueue queue;
};

void BM_EventQueue_PopAndPush(benchmark::State& state) {
  FilledQueue filled(state.range(0));
  for (auto _ : state) {
    Event* event = filled.queue.Pop(VirtualTime::Infinite());
    filled.queue.Push(*event, SomeTime(filled.queue, filled.random));
  }
}
BENCHMARK(BM_EventQueue_PopAndPush)->Arg(10)->Arg(1'000)->Arg(100'000);

void BM_EventQueue_PushAndCancel(benchmark::State& state) {
  FilledQueue filled(state.range(0));
  for (auto _ : state) {
    filled.queue.Push(filled.extra, SomeTime(filled.queue, filled.random));
    filled.queue.Cancel(filled.extra);
  }
}
BENCHMARK(BM_EventQueue_PushAndCancel)->Arg(10)->Arg(1'000)->Arg(100'000);

void BM_EventQueue_PushAndPopReady(benchmark::State& state) {
  FilledQueue filled(state.range(0));
  for (auto _ : state) {
    filled.queue.PushReady(filled.extra);
    benchmark::DoNotOptimize(filled.queue.Pop(VirtualTime::Infinite()));
  }
}
BENCHMARK(BM_EventQueue_PushAndPopReady)->Arg(10)->Arg(100'000);

}  // namespace
}  // namespace reprise
