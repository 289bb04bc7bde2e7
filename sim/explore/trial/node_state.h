// NodeState: what a node is at an instant, in the words of its scenario: for
// reports of violations, stories and the lanes of pages.
//
//   trial.DescribeNodes([&trial](NodeId node) -> NodeState {
//     const RaftState* raft = trial.Read<RaftState>(node, "raft");
//     if (raft == nullptr) return {};
//     return {.headline = absl::StrCat("leads term ", raft->term),
//             .stands_out = true,
//             .facts = {{"vote", absl::StrCat(raft->vote)},
//                       {"commit", absl::StrCat(raft->commit)}}};
//   });

#ifndef REPRISE_SIM_EXPLORE_TRIAL_NODE_STATE_H_
#define REPRISE_SIM_EXPLORE_TRIAL_NODE_STATE_H_

#include <string>
#include <string_view>
#include <vector>

namespace reprise {

// A column of the table of nodes, by its title, and what it has of one node.
struct NodeFact {
  std::string name = {};
  std::string value = {};

  friend bool operator==(const NodeFact&, const NodeFact&) = default;
};

struct NodeState {
  // What the node does, as it goes on after its name: "leads term 2". A few
  // words, as a lane has room for no more. Empty: nothing is known of it.
  std::string headline = {};
  // Whether a reader should find it at a glance, as that a node leads. Stories
  // tell when such a headline begins.
  bool stands_out = false;
  // In the order of their columns.
  std::vector<NodeFact> facts = {};

  bool IsKnown() const { return !headline.empty(); }
  friend bool operator==(const NodeState&, const NodeState&) = default;
};

// A node of a trial, by its name, with what it was.
struct DescribedNode {
  std::string name = {};
  NodeState state = {};

  friend bool operator==(const DescribedNode&, const DescribedNode&) = default;
};

// All of a state as one text, and the state of such a text. Line breaks and
// tabs of the words become blanks.
std::string NodeStateText(const NodeState& state);
NodeState NodeStateOfText(std::string_view text);

// Nodes as the rows of a table: its titles, and a cell for each of them in each
// row. Columns stand in the order in which the nodes have them; a node without
// such a fact has an empty cell there.
struct NodeTable {
  std::vector<std::string> titles = {};
  std::vector<std::vector<std::string>> rows = {};
};
NodeTable TableOfNodes(const std::vector<DescribedNode>& nodes);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_NODE_STATE_H_
