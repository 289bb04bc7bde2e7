// What a server of a replicated state machine is, for reports: its role and
// term, its vote and its log.
//
//   trial.DescribeNodes([&](NodeId node) { return StateOf(*ReadRaft(node)); });

#ifndef TESTS_SCENARIOS_RAFT_SERVER_STATE_H_
#define TESTS_SCENARIOS_RAFT_SERVER_STATE_H_

#include <string>
#include <vector>

#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/node_state.h"

namespace reprise {

// A server that leads stands out. Positions are "index:term"; of the log, the
// last few entries.
NodeState StateOf(const kv::raft::Consensus& server);

// "0 1 4".
std::string NumbersOf(const std::vector<NodeId>& nodes);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_SERVER_STATE_H_
