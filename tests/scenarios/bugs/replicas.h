// Planted bugs in what is around Raft: the sessions of the replicated store,
// its disks, and how it is set.

#ifndef TESTS_SCENARIOS_BUGS_REPLICAS_H_
#define TESTS_SCENARIOS_BUGS_REPLICAS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> ReplicaBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_REPLICAS_H_
