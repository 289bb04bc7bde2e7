#include "reprise/sim/explore/branch/fixed_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "reprise/sim/explore/branch/turning_point.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

constexpr double kDoubt = 0.01;
constexpr double kRounding = 1e-9;  // What a quotient may be too large by.
// Runs where the share is known, at least and at most; and where it is not.
constexpr uint64_t kRunsMin = 100;
constexpr uint64_t kRunsMax = 10'000;
constexpr uint64_t kRunsOfUnknown = 500;
constexpr size_t kInstantsMax = 16;

// The instants at which what counts was asked for, without repetition.
std::vector<VirtualTime> InstantsOf(const TimedRun& run, bool faults_alone) {
  std::vector<VirtualTime> instants;
  for (const TimedDecision& each : run.decisions) {
    if (faults_alone ? !each.is_fault : IsOfWorkload(each.decision)) continue;
    if (instants.empty() || instants.back() != each.asked) {
      instants.push_back(each.asked);
    }
  }
  return instants;
}

// Spread over the last half.
std::vector<VirtualTime> LateInstants(const TimedRun& run) {
  std::vector<VirtualTime> all = InstantsOf(run, /*faults_alone=*/true);
  if (all.empty()) all = InstantsOf(run, /*faults_alone=*/false);
  if (all.empty()) return {kBeforeTheStart};
  const size_t first = all.size() / 2;
  const size_t behind = all.size() - first - 1;
  const size_t count = std::min(behind + 1, kInstantsMax);
  std::vector<VirtualTime> instants;
  for (size_t i = 0; i < count; ++i) {
    instants.push_back(
        all[first + (count > 1 ? i * behind / (count - 1) : behind)]);
  }
  return instants;
}

void Plan(const ReplayFile& file, FixedCheck& check) {
  const ExpectedTurn* turn = file.expected && file.expected->turning_point
                                 ? &*file.expected->turning_point
                                 : nullptr;
  if (turn == nullptr || turn->failures == 0) {
    check.instants = LateInstants(check.run);
    check.planned = kRunsOfUnknown;
    return;
  }
  check.instants = {turn->event == 0 ? kBeforeTheStart : turn->instant};
  check.before = ShareOf(turn->failures, turn->trials);
  check.needed = CleanRunsFor(check.before->low);
  check.planned = std::clamp(*check.needed, kRunsMin, kRunsMax);
}

void Play(const Scenario& scenario, const ReplayFile& file,
          const FixedCheckOptions& options, FixedCheck& check) {
  const auto branch = [&](size_t i) {
    return BranchAfter(check.run, check.instants[i % check.instants.size()],
                       BranchSeed(check.run, i));
  };
  TrialPool pool(scenario, {.bug = file.bug,
                            .jobs = options.jobs,
                            .watch = options.watch,
                            .should_stop = options.should_stop});
  pool.SetMaxSteps(BranchStepsMax(check.run));
  pool.Play(check.planned, branch, [&](size_t i, const RecordedTrial& trial) {
    const VerdictKind kind = trial.result.verdict.kind;
    ++check.runs;
    check.undecided += kind == VerdictKind::kUndecided ? 1 : 0;
    if (kind == VerdictKind::kViolated) {
      if (check.failures++ == 0) {
        check.failing = branch(i);
        check.failure = trial.result;
      }
    }
    if (options.on_progress) {
      options.on_progress(check.runs, check.planned);
    }
    return true;
  });
}

}  // namespace

absl::StatusOr<FixedCheck> CheckFixed(const Scenario& scenario,
                                      const ReplayFile& file,
                                      const FixedCheckOptions& options) {
  absl::StatusOr<TimedRun> run = RecordTimedRun(
      scenario, file.bug, file.timeline,
      {.watch = options.watch, .should_stop = options.should_stop});
  if (!run.ok()) return run.status();
  FixedCheck check{.run = *std::move(run)};
  if (check.run.result().verdict.kind != VerdictKind::kHolds) return check;
  Plan(file, check);
  Play(scenario, file, options, check);
  return check;
}

uint64_t CleanRunsFor(double share) {
  if (share >= 1) return 1;
  return static_cast<uint64_t>(std::max(
      1.0, std::ceil(std::log(kDoubt) / std::log1p(-share) - kRounding)));
}

double ShareAfterCleanRuns(uint64_t runs) {
  if (runs == 0) return 1;
  return 1 - std::pow(kDoubt, 1 / static_cast<double>(runs));
}

}  // namespace reprise
