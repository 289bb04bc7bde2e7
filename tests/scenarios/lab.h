// The lab's scenarios, and the same on the preset `harsh`: one server, and
// clients that append to keys and read them.
//
// Properties: those of RunAndJudge() (cluster.h); what each clerk knows it must
// read ("value-check"), and that each item is there once and in order
// (items.h); the number of calls ("rpc-count", "attempts"); the server's memory
// ("memory-bound"). Options: clients, operations; mostly also iterations and
// milliseconds (generic_test.h).

#ifndef TESTS_SCENARIOS_LAB_H_
#define TESTS_SCENARIOS_LAB_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> LabScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_LAB_H_
