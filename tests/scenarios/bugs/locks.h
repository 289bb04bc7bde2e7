// Planted bugs of the lock service: each replaces one of its rules
// (tests/lock_service/lock_rules.h).

#ifndef TESTS_SCENARIOS_BUGS_LOCKS_H_
#define TESTS_SCENARIOS_BUGS_LOCKS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> LockBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_LOCKS_H_
