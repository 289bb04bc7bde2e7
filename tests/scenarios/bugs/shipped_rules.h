// Planted bugs of the replicated store that others have shipped, each as the
// replacement of one rule of kv/raft/rules.h; those that one would think of by
// reading the rules are in raft_rules.h.

#ifndef TESTS_SCENARIOS_BUGS_SHIPPED_RULES_H_
#define TESTS_SCENARIOS_BUGS_SHIPPED_RULES_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> ShippedRuleBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_SHIPPED_RULES_H_
