// What the failure of a run needs, beside the code and the workload: faults,
// ordinary delays, or nothing. What it does not need cannot have turned the
// run, though a shrunk run may hold on to it, because it takes the place of
// operations that were left out.
//
// The scenario is played as it is, with all its workload, by other seeds:
// without any fault, and, where these runs violate the property of the run,
// with calm delays, too.
//
// Guarantees: a function of the run and the bug, not of `jobs`. Of three runs
// of a kind all violate the property, or the failure needs what they had not.
// Where the scenario makes faults itself, which no edit takes from it, it needs
// faults. At most nine trials, each as long as one of a sweep; three where the
// first runs hold, as they do if the bug needs a fault.
//
//   const FoundNeed found = FindNeed(scenario, bug, run, {.jobs = 2});
//   if (found.need == FailureNeed::kNothing) Print("the workload alone fails");

#ifndef REPRISE_SIM_EXPLORE_BRANCH_FAILURE_NEED_H_
#define REPRISE_SIM_EXPLORE_BRANCH_FAILURE_NEED_H_

#include <cstdint>
#include <functional>
#include <string>

#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

enum class FailureNeed : uint8_t {
  kNothing,
  kDelays,
  kFaults,  // Or nobody knows, because it was stopped.
};

struct NeedOptions {
  int jobs = 1;
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends it. May be empty.
  std::function<bool()> should_stop = {};
};

struct FoundNeed {
  FailureNeed need = FailureNeed::kFaults;
  uint64_t trials = 0;
};

// Requires that the run is violated, of that scenario and bug.
FoundNeed FindNeed(const Scenario& scenario, const std::string& bug,
                   const TimedRun& run, const NeedOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_FAILURE_NEED_H_
