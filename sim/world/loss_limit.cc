#include "reprise/sim/world/loss_limit.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace reprise {
namespace {

bool Has(const std::vector<NodeId>& nodes, NodeId node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

}  // namespace

void LossLimit::KeepMajority(std::vector<NodeId> nodes) {
  groups_.push_back(std::move(nodes));
}

void LossLimit::NoteLoss(NodeId node) {
  if (!HasLost(node)) lost_.push_back(node);
}

bool LossLimit::HasLost(NodeId node) const { return Has(lost_, node); }

bool LossLimit::IsSpare(NodeId node) const {
  if (HasLost(node)) return true;
  return std::all_of(groups_.begin(), groups_.end(), [&](const auto& group) {
    if (!Has(group, node)) return true;
    const auto lost = static_cast<size_t>(
        std::count_if(group.begin(), group.end(),
                      [this](NodeId other) { return HasLost(other); }));
    return 2 * (lost + 1) < group.size();
  });
}

}  // namespace reprise
