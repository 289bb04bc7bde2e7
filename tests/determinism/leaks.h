// Scenarios that break determinism on purpose, so that the tests of determinism
// are seen to catch them.

#ifndef TESTS_DETERMINISM_LEAKS_H_
#define TESTS_DETERMINISM_LEAKS_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

// "leak-wall-clock" waits for as long as the machine's clock says, and
// "leak-pointer-order" visits objects in the order of a hash table of
// addresses: both differ between any two processes.
std::vector<Scenario> LeakyScenarios();

// These need memory or a past that is unlike: "leak-pointer-map" visits objects
// in the order of a tree of addresses, "leak-unordered-walk" in that of a
// standard hash table; "leak-heap" and "leak-stack" read memory that nobody has
// written; "leak-static-counter" counts the trials of its process.
std::vector<Scenario> HiddenLeakyScenarios();

}  // namespace reprise

#endif  // TESTS_DETERMINISM_LEAKS_H_
