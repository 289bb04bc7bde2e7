// Scenarios beyond the lab's: keys and values of any bytes, ten thousand
// clients at once, and a canary that must always fail.

#ifndef TESTS_SCENARIOS_STRESS_H_
#define TESTS_SCENARIOS_STRESS_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> StressScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_STRESS_H_
