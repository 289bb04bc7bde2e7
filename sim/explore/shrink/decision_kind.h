// What kinds of decisions there are beside faults.
//
//   if (!IsOfWorkload(decision) && !IsDetail(decision)) ++decisions;

#ifndef REPRISE_SIM_EXPLORE_SHRINK_DECISION_KIND_H_
#define REPRISE_SIM_EXPLORE_SHRINK_DECISION_KIND_H_

#include "reprise/sim/world/edits.h"

namespace reprise {

// Whether it says what is left of clients, nodes and operations and when they
// begin, and not what befalls them.
bool IsOfWorkload(const Decision& decision);

// Whether it says only how another decision is carried out, such as the shape
// of a partition.
bool IsDetail(const Decision& decision);

// Whether it says how long a packet, a disk or the like takes, ordinary or as a
// fault.
bool IsDelay(const Decision& decision);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_DECISION_KIND_H_
