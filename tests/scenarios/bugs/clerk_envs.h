// Planted bugs in how a clerk uses the network: an Env for one clerk, in front
// of its own.

#ifndef TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_
#define TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> ClerkBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_
