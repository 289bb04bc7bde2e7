#include <chrono>
#include <cstdint>

#include "benchmark/benchmark.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial.h"
#include "tools/benchmarks/workload_w.h"

namespace reprise {
namespace {

// One iteration is one run of the whole workload. The rate is by wall time,
// which Google Benchmark offers only under names that end in /real_time.
void Run(benchmark::State& state, const WorkloadW& workload) {
  using Clock = std::chrono::steady_clock;
  const TrialOptions options{.seed = Seed(1)};
  TrialArena arena;
  uint64_t completed = 0;
  const Clock::time_point start = Clock::now();
  for (auto _ : state) {
    Trial trial(options, arena);
    completed += RunWorkloadW(trial, workload).completed;
  }
  const std::chrono::duration<double> seconds = Clock::now() - start;
  state.counters["calls_per_second"] =
      static_cast<double>(completed) / seconds.count();
}

// The sizes by which others were measured: 5 x 20,000 and 50 x 4,000.
WorkloadW Sized(int64_t clients, Reliability reliability) {
  return {.clients = static_cast<int>(clients),
          .calls_each = clients == 5 ? 20'000 : 4'000,
          .reliability = reliability};
}

void BM_WorkloadW_Reliable(benchmark::State& state) {
  Run(state, Sized(state.range(0), Reliability::kReliable));
}
BENCHMARK(BM_WorkloadW_Reliable)
    ->Arg(5)
    ->Arg(50)
    ->Unit(benchmark::kMillisecond);

void BM_WorkloadW_Unreliable(benchmark::State& state) {
  Run(state, Sized(state.range(0), Reliability::kUnreliable));
}
BENCHMARK(BM_WorkloadW_Unreliable)
    ->Arg(5)
    ->Arg(50)
    ->Unit(benchmark::kMillisecond);

// The same 400,000 calls, spread over more and more clients.
void BM_WorkloadW_Scaling(benchmark::State& state) {
  const int clients = static_cast<int>(state.range(0));
  Run(state, {.clients = clients, .calls_each = 400'000 / clients});
}
BENCHMARK(BM_WorkloadW_Scaling)
    ->Arg(10)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise
