// Scenarios of outages: clients share the keys of one server while the network
// falls apart, the server is paused, clocks are wrong, or all of it happens at
// once. When the faults end, the work must be done soon: property "liveness".
// Options: clients, operations (of each client).

#ifndef TESTS_SCENARIOS_OUTAGES_H_
#define TESTS_SCENARIOS_OUTAGES_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> OutageScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_OUTAGES_H_
