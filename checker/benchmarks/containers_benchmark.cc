// How fast histories of containers are judged: 10 clients on one object. Bad
// histories have two answers exchanged near the end, or one turned around;
// their counterexample is part of the time.

#include <cstdint>
#include <span>
#include <vector>

#include "benchmark/benchmark.h"
#include "reprise/checker/benchmarks/peak_memory.h"
#include "reprise/checker/containers/container.h"
#include "reprise/checker/containers/priority_queue.h"
#include "reprise/checker/containers/queue.h"
#include "reprise/checker/containers/set.h"
#include "reprise/checker/containers/stack.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/testing/container_simulation.h"

namespace reprise::checker {
namespace {

using Check = ContainerVerdict (*)(std::span<const ContainerOperation>);

// Ranges: the number of operations, and 1 for a bad history. Counters: the most
// memory that the process held meanwhile, with the operations given and
// without, and the size of the counterexample.
void Judge(benchmark::State& state, ContainerType type, Check check) {
  std::vector<ContainerOperation> operations =
      SimulateContainer({.type = type,
                         .clients = 10,
                         .operations = static_cast<uint32_t>(state.range(0)),
                         .questions = 30,
                         .elements = 1000,
                         .seed = 71});
  const bool is_bad = state.range(1) != 0;
  if (is_bad) {
    REPRISE_REQUIRE(PlantViolation(type, &operations), "nothing to change");
  }
  const ContainerOutcome expected =
      is_bad ? ContainerOutcome::kViolated : ContainerOutcome::kHolds;
  RestartPeak();
  const size_t given = PeakBytes();
  size_t named = 0;
  for (auto _ : state) {
    const ContainerVerdict verdict = check(operations);
    REPRISE_REQUIRE(verdict.outcome == expected, "a verdict is wrong");
    named = verdict.contradiction.size();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["peak_MB"] = static_cast<double>(PeakBytes()) / 1e6;
  state.counters["own_MB"] = static_cast<double>(PeakBytes() - given) / 1e6;
  state.counters["named"] = static_cast<double>(named);
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"", "bad"})->Unit(benchmark::kMillisecond);
  for (int64_t size : {1'000, 100'000, 1'000'000}) {
    for (int64_t is_bad : {0, 1}) benchmark->Args({size, is_bad});
  }
}

void BM_Queue(benchmark::State& state) {
  Judge(state, ContainerType::kQueue, CheckQueue);
}
BENCHMARK(BM_Queue)->Apply(Sizes);

void BM_Stack(benchmark::State& state) {
  Judge(state, ContainerType::kStack, CheckStack);
}
BENCHMARK(BM_Stack)->Apply(Sizes);

void BM_PriorityQueue(benchmark::State& state) {
  Judge(state, ContainerType::kPriorityQueue, CheckPriorityQueue);
}
BENCHMARK(BM_PriorityQueue)->Apply(Sizes);

void BM_Set(benchmark::State& state) {
  Judge(state, ContainerType::kSet, CheckSet);
}
BENCHMARK(BM_Set)->Apply(Sizes);

}  // namespace
}  // namespace reprise::checker
