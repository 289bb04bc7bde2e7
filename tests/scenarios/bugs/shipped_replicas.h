// Planted bugs of the replicated store that others have shipped, where a server
// or a clerk gets another Env: a disk whose errors are not heard, votes that
// come twice.

#ifndef TESTS_SCENARIOS_BUGS_SHIPPED_REPLICAS_H_
#define TESTS_SCENARIOS_BUGS_SHIPPED_REPLICAS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> ShippedReplicaBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_SHIPPED_REPLICAS_H_
