// Planted bugs that trust in the order in which tasks run.

#ifndef TESTS_SCENARIOS_BUGS_TURNS_H_
#define TESTS_SCENARIOS_BUGS_TURNS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> TurnBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_TURNS_H_
