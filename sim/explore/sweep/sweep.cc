#include "reprise/sim/explore/sweep/sweep.h"

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>

#include "reprise/sim/explore/sweep/merger.h"
#include "reprise/sim/explore/sweep/seed_work.h"
#include "reprise/sim/explore/sweep/supervisor.h"

namespace reprise {
namespace {

SweepResult SweepInThisProcess(const Scenario& scenario,
                               const SweepOptions& options) {
  Merger merger(options);
  const SeedWorkOptions work{
      .should_stop =
          [&] {
            return merger.HasEnough() ||
                   (options.should_stop && options.should_stop());
          },
      .hand_in =
          [&](Stretch stretch) { merger.HandIn(0, std::move(stretch)); }};
  SeedWork(scenario, options, work).Run(options.seeds);
  SweepResult result = merger.Take();
  result.was_stopped =
      !merger.HasEnough() && result.totals.seeds < options.seeds.count;
  return result;
}

}  // namespace

void SweepTotals::Add(const TrialResult& trial) {
  ++seeds;
  switch (trial.verdict.kind) {
    case VerdictKind::kHolds:
      ++passed;
      break;
    case VerdictKind::kViolated:
      ++violated;
      break;
    case VerdictKind::kUndecided:
      ++undecided;
      break;
  }
  events += trial.events;
  operations += trial.operations;
  calls += trial.network.calls;
  faults.Add(trial.faults);
  virtual_microseconds +=
      static_cast<uint64_t>(trial.virtual_time.nanoseconds()) / 1000;
}

void SweepTotals::Add(const SweepTotals& totals) {
  seeds += totals.seeds;
  passed += totals.passed;
  violated += totals.violated;
  undecided += totals.undecided;
  events += totals.events;
  operations += totals.operations;
  calls += totals.calls;
  virtual_microseconds += totals.virtual_microseconds;
  repeated += totals.repeated;
  faults.Add(totals.faults);
}

SweepResult Sweep(const Scenario& scenario, const SweepOptions& options) {
  return options.in_process ? SweepInThisProcess(scenario, options)
                            : Supervisor(scenario, options).Run();
}

int DefaultJobs() {
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

}  // namespace reprise
