#include "reprise/sim/explore/branch/causes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

// Whether the run fails by what was recorded of it: branches are made of that.
// True where nobody knows, because it was stopped.
bool FailsAgain(TrialPool& pool, const TimedRun& run) {
  const FailureClass failure = ClassOf(run.result().verdict);
  bool fails = true;
  pool.Play(
      1, [&](size_t) { return WithCalm(run, {}); },
      [&](size_t, const RecordedTrial& trial) {
        fails = ClassOf(trial.result.verdict) == failure;
        return true;
      });
  return fails;
}

// Branches of a run after an instant.
CurvePoint Measure(TrialPool& pool, const TimedRun& run, VirtualTime instant,
                   uint64_t trials) {
  CurvePoint point;
  const FailureClass failure = ClassOf(run.result().verdict);
  pool.Play(
      trials,
      [&](size_t i) { return BranchAfter(run, instant, BranchSeed(run, i)); },
      [&](size_t, const RecordedTrial& trial) {
        ++point.trials;
        if (ClassOf(trial.result.verdict) == failure) ++point.failures;
        return true;
      });
  return point;
}

// Where all fail from the start on, it turns there anyway.
void AskForNeed(const Scenario& scenario, const std::string& bug,
                const CausesOptions& options, TrialPool& pool, Causes& causes) {
  constexpr uint64_t kTried = 8;
  const CurvePoint start = Measure(pool, causes.run, kBeforeTheStart, kTried);
  causes.trials += start.trials;
  if (start.failures == start.trials) return;
  const FoundNeed found = FindNeed(scenario, bug, causes.run,
                                   {.jobs = options.jobs,
                                    .watch = options.watch,
                                    .should_stop = options.should_stop});
  causes.trials += found.trials;
  causes.need = found.need;
  causes.run.keeps_faults =
      found.need == FailureNeed::kDelays && HasFault(causes.run);
}

// With faults that other seeds draw, as after a fix (FixedCheck).
void MeasureWithoutFaults(const CausesOptions& options, TrialPool& pool,
                          Causes& causes) {
  constexpr uint64_t kTrials = 160;
  causes.run.keeps_faults = false;
  causes.drawn = Measure(pool, causes.run, causes.turning.instant,
                         std::min(kTrials, options.trials - causes.trials));
  causes.run.keeps_faults = true;
  causes.trials += causes.drawn.trials;
}

}  // namespace

absl::StatusOr<Causes> FindCauses(const Scenario& scenario,
                                  const std::string& bug,
                                  const Timeline& timeline,
                                  const CausesOptions& options) {
  absl::StatusOr<TimedRun> run = RecordTimedRun(
      scenario, bug, timeline,
      {.watch = options.watch, .should_stop = options.should_stop});
  if (!run.ok()) return run.status();
  Causes causes{.run = *std::move(run)};
  if (causes.run.result().verdict.kind != VerdictKind::kViolated) return causes;
  TrialPool pool(scenario, {.bug = bug,
                            .jobs = options.jobs,
                            .watch = options.watch,
                            .should_stop = options.should_stop});
  pool.SetMaxSteps(BranchStepsMax(causes.run));
  if (!FailsAgain(pool, causes.run)) {
    return absl::FailedPreconditionError(
        "the run fails, but not again by what it decided, so that it cannot be "
        "branched; is it deterministic?");
  }
  const auto tell = [&](uint64_t trials) {
    if (options.on_progress) options.on_progress(causes.trials + trials);
  };
  causes.trials = 1;
  causes.necessary = FindNecessaryFaults(
      pool, causes.run, {.trials = options.trials / 3, .on_progress = tell});
  causes.trials += causes.necessary.trials;
  AskForNeed(scenario, bug, options, pool, causes);
  const bool needs_nothing = causes.need == FailureNeed::kNothing;
  causes.turning =
      FindTurningPoint(pool, causes.run,
                       {.trials = options.trials - causes.trials,
                        .needs_faults = !causes.necessary.places.empty() &&
                                        !causes.run.keeps_faults,
                        .needs_nothing = needs_nothing,
                        .text = options.text,
                        .on_progress = tell});
  causes.trials += causes.turning.trials;
  if (causes.run.keeps_faults) MeasureWithoutFaults(options, pool, causes);
  return causes;
}

}  // namespace reprise
