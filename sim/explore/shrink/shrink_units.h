// What there is to leave out of a failing trial, as decisions, and what becomes
// of its timeline without them.
//
//   for (const Decision& unit : OperationUnits(state)) ...

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SHRINK_UNITS_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SHRINK_UNITS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

// A failing trial, by its timeline.
struct ShrinkState {
  Timeline timeline = {};
  RecordedTrial trial = {};
};

// Some things, and groups of them.
using Units = std::vector<Decision>;
using UnitGroups = std::vector<Units>;

// Edits that leave out clients, nodes and operations that are there.
Units ClientUnits(const ShrinkState& state);
Units NodeUnits(const ShrinkState& state);
Units OperationUnits(const ShrinkState& state);
// Edits of the timeline that can be erased: faults and delays, in the order in
// which the run came to them; and the instants before which no operation
// begins.
Units DecisionUnits(const ShrinkState& state);
Units StartUnits(const ShrinkState& state);

// Those that have a member, such as the purpose, in common.
UnitGroups GroupsOf(const Units& units, std::string Decision::*member);
// All but those at two places, which may be one.
Units WithoutPlaces(Units units, size_t one, size_t other);
UnitGroups PairsOf(const Units& units);
// All sets of more than one, large ones first. O(2^n).
UnitGroups SetsOf(const Units& units);

// The timeline with some units less: an edit that leaves something out is
// added, any other one erased.
Timeline Without(Timeline timeline, const Units& units);

// The timeline in which `operation` begins that much later than it did.
Timeline StartLater(Timeline timeline, const BegunOperation& operation,
                    Duration later);

// The timeline in which `operations` alone are left of those that are `known`;
// each begins no earlier than it says. Clients without any are left out.
Timeline OnlyOperations(Timeline timeline,
                        const std::vector<BegunOperation>& known,
                        const std::vector<BegunOperation>& operations);

// What is left of the workload, with no fault and no delay.
Timeline WithoutDecisions(Timeline timeline);

// The run as edits on a calm base: its decisions, when its operations begin,
// and that there are no others.
Timeline CalmTimeline(const ShrinkState& state);
// The same run in fewer words, most likely.
Timeline TidyTimeline(const ShrinkState& state);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SHRINK_UNITS_H_
