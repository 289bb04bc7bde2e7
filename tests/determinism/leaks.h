// Scenarios that break determinism on purpose, so that the tests of determinism
// are seen to catch them.

#ifndef TESTS_DETERMINISM_LEAKS_H_
#define TESTS_DETERMINISM_LEAKS_H_

#include <vector>

#include "sim/explore/scenario.h"

namespace reprise {

// "leak-wall-clock" waits for as long as the machine's clock says, and
// "leak-pointer-order" visits its nodes in the order of a table of addresses.
std::vector<Scenario> LeakyScenarios();

}  // namespace reprise

#endif  // TESTS_DETERMINISM_LEAKS_H_
