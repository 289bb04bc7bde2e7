// The scenarios of the replicated store (kv/replicated_server.h): three or five
// servers, five where operators add and remove them, by the options `servers`,
// `clients`, `operations` (of each client) and `milliseconds` (until the faults
// end). raft_run.h has the properties.

#ifndef TESTS_SCENARIOS_RAFT_RAFT_SCENARIOS_H_
#define TESTS_SCENARIOS_RAFT_RAFT_SCENARIOS_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> RaftScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RAFT_SCENARIOS_H_
