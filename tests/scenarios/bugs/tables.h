// Planted bugs in what the server remembers of its clients: it forgets what it
// needs, or keeps what it does not need.

#ifndef TESTS_SCENARIOS_BUGS_TABLES_H_
#define TESTS_SCENARIOS_BUGS_TABLES_H_

#include <vector>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

std::vector<Bug> TableBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_TABLES_H_
