// What a trial costs beyond the world that it builds.

#include <cstdint>

#include "benchmark/benchmark.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/testing/one_call.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

void BM_Trial_NoWorld(benchmark::State& state) {
  const Scenario scenario{.name = "none", .run = [](Trial& trial) {
                            trial.Expect(true, "nothing", "");
                          }};
  TrialArena arena;
  TrialOptions options;
  for (auto _ : state) {
    options.seed = Seed(options.seed.value() + 1);
    benchmark::DoNotOptimize(RunTrial(scenario, options, arena));
  }
}
BENCHMARK(BM_Trial_NoWorld);

void BM_Trial_OneCall(benchmark::State& state) {
  const Scenario scenario = OneCallScenario();
  TrialArena arena;
  TrialOptions options;
  for (auto _ : state) {
    options.seed = Seed(options.seed.value() + 1);
    benchmark::DoNotOptimize(RunTrial(scenario, options, arena));
  }
}
BENCHMARK(BM_Trial_OneCall);

void BM_Sweep_OneCall(benchmark::State& state) {
  const Scenario scenario = OneCallScenario();
  constexpr uint64_t kSeeds = 10'000;
  for (auto _ : state) {
    Sweep(scenario, {.seeds = {.first = 0, .count = kSeeds},
                     .jobs = static_cast<int>(state.range(0))});
  }
  state.SetItemsProcessed(static_cast<int64_t>(kSeeds) * state.iterations());
}
BENCHMARK(BM_Sweep_OneCall)->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace reprise
