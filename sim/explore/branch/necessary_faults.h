// The necessary faults of a failing run: those without which it does not fail
// in that way. Each is made calm alone, while all others stay.
//
// A fault that another one would replace is not among them: where two lost
// replies each suffice, neither is necessary.
//
//   const NecessaryFaults necessary = FindNecessaryFaults(pool, run, {});
//   for (size_t place : necessary.places) Print(run.decisions[place].decision);

#ifndef REPRISE_SIM_EXPLORE_BRANCH_NECESSARY_FAULTS_H_
#define REPRISE_SIM_EXPLORE_BRANCH_NECESSARY_FAULTS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/isolation/trial_pool.h"

namespace reprise {

struct NecessityOptions {
  // At most so many faults are tried, the first ones of the run.
  uint64_t trials = 1000;
  // Told of the trials so far, after each.
  std::function<void(uint64_t trials)> on_progress = {};
};

struct NecessaryFaults {
  std::vector<size_t> places = {};  // In TimedRun::decisions.
  uint64_t faults = 0;              // Of the run.
  uint64_t trials = 0;              // Fewer: not all faults were tried.
};

// Requires that the run is violated, and a pool of its scenario and bug.
NecessaryFaults FindNecessaryFaults(TrialPool& pool, const TimedRun& run,
                                    const NecessityOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_NECESSARY_FAULTS_H_
