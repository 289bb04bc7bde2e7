// The true minimum of a failing run, by trying every part of it: what shrinking
// is measured by.
//
// A part is some of the operations and decisions of the run, on a calm base,
// once with the instants at which the operations began and once without. Its
// size is how many operations and decisions it has.
//
// Guarantees: no smaller part violates the class of the run. A part that does
// so without its decisions does not count, where the whole run does not.
// O(n^(below - 1)) trials for n operations and decisions.
//
//   absl::StatusOr<SmallestPart> smallest =
//       FindSmallestPart(scenario, bug, timeline, SizeOfPart(shrunk), 40'000);
//   // At best, shrinking would have left smallest->size.

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SMALLEST_PART_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SMALLEST_PART_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/shrink/shrink_units.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"

namespace reprise {

// How many operations and decisions there are.
uint64_t SizeOfPart(const ShrinkState& state);

struct SmallestPart {
  uint64_t size = 0;
  // What there is to leave out of the whole run.
  uint64_t units = 0;
  uint64_t trials = 0;
};

// The smallest part that has less than `below`; where there is none, `below` is
// its size. ResourceExhausted where more than `trials_max` parts would have to
// be tried; otherwise fails as ShrinkSearch::Begin does, or FailedPrecondition
// where the run does not fail on a calm base.
absl::StatusOr<SmallestPart> FindSmallestPart(const Scenario& scenario,
                                              const std::string& bug,
                                              const Timeline& timeline,
                                              uint64_t below,
                                              uint64_t trials_max);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SMALLEST_PART_H_
