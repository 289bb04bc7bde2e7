// Which decisions are faults: those that differ from calm and are neither an
// ordinary delay, nor a detail of another decision, nor about the workload. A
// delay longer than the mix's longest ordinary one is a fault.
//
//   if (IsFault(world.faults(), decision)) ++faults;

#ifndef REPRISE_SIM_EXPLORE_BRANCH_FAULT_DECISION_H_
#define REPRISE_SIM_EXPLORE_BRANCH_FAULT_DECISION_H_

#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

// Requires an answer other than the calm one.
bool IsFault(const FaultMix& mix, const Decision& decision);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_FAULT_DECISION_H_
