#include "reprise/sim/explore/branch/causes.h"

#include <utility>

#include "absl/status/status.h"
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
  causes.turning =
      FindTurningPoint(pool, causes.run,
                       {.trials = options.trials - causes.trials,
                        .needs_faults = !causes.necessary.places.empty(),
                        .text = options.text,
                        .on_progress = tell});
  causes.trials += causes.turning.trials;
  return causes;
}

}  // namespace reprise
