// Planted bugs in the replicated store, each of which replaces a rule of Raft
// (kv/raft/rules.h).

#ifndef TESTS_SCENARIOS_BUGS_RAFT_RULES_H_
#define TESTS_SCENARIOS_BUGS_RAFT_RULES_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> RaftRuleBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_RAFT_RULES_H_
