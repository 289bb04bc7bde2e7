// Trials near a small failing one: with other operations, pauses and faults.
//
// Where leaving out any one thing loses a failure, a smaller one may be near
// all the same: one client's operation in place of another's, a pause in place
// of an operation, one lost reply in place of two late packets.
//
// Guarantees: each is a function of its arguments alone, and has operations of
// at most two clients. Its faults are of the trial, or another seed draws them
// (Reseed). O(n) in what the trial and `known` have.
//
//   for (uint64_t number = 0; number < 500; ++number) {
//     Play(VariationOf(state, known, number));
//   }

#ifndef REPRISE_SIM_EXPLORE_SHRINK_VARIATION_H_
#define REPRISE_SIM_EXPLORE_SHRINK_VARIATION_H_

#include <cstdint>
#include <vector>

#include "reprise/sim/explore/shrink/shrink_units.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/timeline.h"

namespace reprise {

// Half of them exchange some of the trial's operations for others or leave them
// out, half surround them with others, which are left out again if they do not
// matter. `known`: what others there are, such as those of the whole run.
// Requires that the trial began an operation.
Timeline VariationOf(const ShrinkState& state,
                     const std::vector<BegunOperation>& known, uint64_t number);

// A trial with no more than some operations of two clients of the whole run,
// with faults that another seed draws. Requires that the whole run began an
// operation.
Timeline FreshTrialOf(const ShrinkState& whole, uint64_t number);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_VARIATION_H_
