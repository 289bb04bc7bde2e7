// Checked trials of every scenario in the catalog, one seed after the other.

#include <chrono>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

void BM_Trial(benchmark::State& state, const Scenario& scenario) {
  using Clock = std::chrono::steady_clock;
  TrialArena arena;
  uint64_t seeds = 0;
  const Clock::time_point start = Clock::now();
  for (auto _ : state) {
    const TrialResult result =
        RunTrial(scenario, {.seed = Seed(seeds++)}, arena);
    REPRISE_CHECK(result.verdict.kind == VerdictKind::kHolds,
                  result.verdict.message);
  }
  const std::chrono::duration<double> seconds = Clock::now() - start;
  state.counters["seeds_per_second"] =
      static_cast<double>(seeds) / seconds.count();
}

const bool kAreRegistered = [] {
  const Catalog catalog = LabCatalog();
  for (const Scenario& scenario : catalog.scenarios) {
    // One that is made to fail is no measure.
    if (scenario.sweep_seeds == 0) continue;
    benchmark::RegisterBenchmark(
        absl::StrCat("BM_Trial/", scenario.name).c_str(),
        [scenario](benchmark::State& state) { BM_Trial(state, scenario); })
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace reprise
