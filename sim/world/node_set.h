// NodeSet: some of a world's nodes, or all of them.
//
//   NodeSet::All().Has(NodeId(7));      // true
//   NodeSet({a, b}).Has(c);             // false

#ifndef REPRISE_SIM_WORLD_NODE_SET_H_
#define REPRISE_SIM_WORLD_NODE_SET_H_

#include <vector>

#include "reprise/sim/core/ids.h"

namespace reprise {

class NodeSet {
 public:
  explicit NodeSet(const std::vector<NodeId>& nodes) {
    for (const NodeId node : nodes) {
      if (has_.size() <= node.value()) has_.resize(node.value() + 1);
      has_[node.value()] = true;
    }
  }
  static NodeSet All() {
    NodeSet all({});
    all.is_all_ = true;
    return all;
  }

  bool Has(NodeId node) const {
    return is_all_ || (node.value() < has_.size() && has_[node.value()]);
  }

 private:
  bool is_all_ = false;
  std::vector<bool> has_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NODE_SET_H_
