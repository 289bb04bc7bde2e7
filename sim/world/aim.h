// Whom faults are aimed at (AimOptions).

#ifndef REPRISE_SIM_WORLD_AIM_H_
#define REPRISE_SIM_WORLD_AIM_H_

#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/outages.h"

namespace reprise {

// Whether the node runs and has had the label for no longer than its window.
bool IsTarget(const Node& node, const AimOptions& aim, VirtualTime now);

// All such nodes, in the order of their ids.
std::vector<NodeId> Targets(Outages& outages);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_AIM_H_
