// Causes: what made a run fail: the turning point, with the curve that shows
// it, and the faults without which it would not have failed. What the failure
// does not need (FindNeed) is no turning point: where it needs nothing but the
// workload, the run turns at the start; where it needs no fault, branches keep
// those of the run, and it turns at a delay.
//
// Guarantees: a function of the timeline, the bug and the number of trials, not
// of `jobs`. Trials run in processes of their own. Uses no more trials than it
// may; one that takes many times the steps of the run counts as no failure.
//
//   absl::StatusOr<Causes> causes =
//       FindCauses(scenario, bug, file.timeline, {.jobs = 2});
//   Print(causes->turning.curve.turning_text);

#ifndef REPRISE_SIM_EXPLORE_BRANCH_CAUSES_H_
#define REPRISE_SIM_EXPLORE_BRANCH_CAUSES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/failure_need.h"
#include "reprise/sim/explore/branch/necessary_faults.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/branch/turning_point.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

struct CausesOptions {
  // At least kBranchTrialsMin.
  uint64_t trials = kUsualBranchTrials;
  int jobs = 1;
  TextOptions text = {};  // Of the turning point.
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends it with what is known. May be
  // empty.
  std::function<bool()> should_stop = {};
  std::function<void(uint64_t trials)> on_progress = {};
};

struct Causes {
  TimedRun run = {};
  // Both are empty where the run violates nothing.
  NecessaryFaults necessary = {};
  Turning turning = {};
  // What the failure needs; nobody asked where all fail from the start on.
  std::optional<FailureNeed> need = {};
  // Where branches keep the faults of the run: how many fail after the turning
  // point that do not.
  CurvePoint drawn = {};
  uint64_t trials = 0;
};

// InvalidArgument where the scenario refuses to run; Cancelled where it was
// stopped before the run had ended; FailedPrecondition where the run fails, but
// not again by what it decided.
absl::StatusOr<Causes> FindCauses(const Scenario& scenario,
                                  const std::string& bug,
                                  const Timeline& timeline,
                                  const CausesOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_CAUSES_H_
