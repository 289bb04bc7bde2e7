// A scenario of the rest of what the lab's network does: ends that are
// disconnected and connected again, a server that is replaced while it works on
// a call, long delays, long reordering, and its counts of calls and bytes.
// Options: clients, operations (of each client).

#ifndef TESTS_SCENARIOS_NETWORK_H_
#define TESTS_SCENARIOS_NETWORK_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> NetworkScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_NETWORK_H_
