// Planted bugs of the replicated store that only disks bring to light which do
// more harm than a crash does: they lose what was synced, or have no room.

#ifndef TESTS_SCENARIOS_BUGS_DAMAGED_REPLICAS_H_
#define TESTS_SCENARIOS_BUGS_DAMAGED_REPLICAS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> DamagedReplicaBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_DAMAGED_REPLICAS_H_
