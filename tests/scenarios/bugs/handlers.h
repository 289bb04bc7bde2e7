// Planted bugs around the server's handler.

#ifndef TESTS_SCENARIOS_BUGS_HANDLERS_H_
#define TESTS_SCENARIOS_BUGS_HANDLERS_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> HandlerBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_HANDLERS_H_
