// The turning point of a failing run: the event at which its failure became
// likely.
//
// The run is re-seeded after an event: it is the same up to the end of the
// event's instant, and from then on other seeds answer. The share of such runs
// that fail in the same way rises along the run, from what the workload alone
// makes of it to 1 where nothing can save the run any more. The turning point
// is the instant at which the share rises most. It is looked for by bisection
// from an even grid, always between the two neighbours with the largest rise;
// then the share is measured around it and more closely.
//
// Of the events of that instant the one is named whose decision matters: of
// several with decisions that differ from calm, the one without whose decisions
// the share is lowest; without such a decision, the first that is a fault, that
// sends a message, or that a trace prints.
//
// Delays count to the fault that they lead to: where it turns at an instant
// without a fault and one follows, the scenario's own or one of the run, the
// first of these is named. Where no event makes up more than half of the rise,
// what it rises by is summed up to each fault, and it turns at the one that
// then makes up more than half. Not so where the run keeps its faults
// (TimedRun::keeps_faults), which are no cause then.
//
// The turning point is "the start" where all fail from there on; where the
// failure needs nothing but the workload; where no event makes up more than
// half of the rise; and where the share is as high from the start on as it
// rises anywhere, unless the run needs one of its faults.
//
// Guarantees: a function of the run, the bug and the number of trials, not of
// the number of processes. At each point the same seeds answer, so that the
// difference of two points is no accident of their draws; the interval of each
// point holds for itself. Uses no more trials than it may.
//
//   TrialPool pool(scenario, {.bug = bug, .jobs = 2});
//   const Turning turning = FindTurningPoint(pool, run, {.trials = 2000});
//   Print(turning.curve.turning_text);

#ifndef REPRISE_SIM_EXPLORE_BRANCH_TURNING_POINT_H_
#define REPRISE_SIM_EXPLORE_BRANCH_TURNING_POINT_H_

#include <cstdint>
#include <functional>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// How many trials a search may take unless told otherwise, and the fewest that
// make a curve.
inline constexpr uint64_t kUsualBranchTrials = 2000;
inline constexpr uint64_t kBranchTrialsMin = 100;

struct TurningOptions {
  uint64_t trials = kUsualBranchTrials;
  // Whether the run holds without one of its faults.
  bool needs_faults = false;
  // Whether the workload fails whatever happens; then it turns at the start.
  bool needs_nothing = false;
  TextOptions text = {};
  // Told of the trials so far, after each.
  std::function<void(uint64_t trials)> on_progress = {};
};

// Why the search ended.
enum class TurningEnd : uint8_t {
  kFound,
  kTrials,   // No trials were left to tell its neighbours apart.
  kStopped,  // The pool was stopped.
};

struct Turning {
  FailureCurve curve = {};
  // The instant of the turning point, and the shares before it and after it.
  VirtualTime instant = {};
  CurvePoint before = {};  // Without trials where it is the start.
  CurvePoint after = {};
  // It turns at the start because no event makes up most of the rise.
  bool builds_up = false;
  TurningEnd end = TurningEnd::kFound;
  uint64_t trials = 0;
};

// Requires that the run is violated, and a pool of its scenario and bug.
Turning FindTurningPoint(TrialPool& pool, const TimedRun& run,
                         const TurningOptions& options);

// The seed that answers in the trial of that number, at any point.
Seed BranchSeed(const TimedRun& run, uint64_t number);

// How many steps a branch of the run may take. One that takes many times those
// of the run is undecided, which is no failure, instead of lasting for seconds.
uint64_t BranchStepsMax(const TimedRun& run);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_TURNING_POINT_H_
