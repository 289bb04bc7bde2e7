// The lab's memory tests, and the same on the preset `harsh`: what a server may
// hold, at the end ("memory-bound") and at any instant. Options: bytes,
// operations, or crowd.

#ifndef TESTS_SCENARIOS_MEMORY_H_
#define TESTS_SCENARIOS_MEMORY_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> MemoryScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_MEMORY_H_
