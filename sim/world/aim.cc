#include "reprise/sim/world/aim.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace reprise {

bool IsTarget(const Node& node, const AimOptions& aim, VirtualTime now) {
  if (aim.label.empty() || !node.IsUp()) return false;
  const std::optional<VirtualTime> since = node.LabelledSince(aim.label);
  return since.has_value() && now - *since <= aim.window;
}

std::vector<NodeId> Targets(Outages& outages) {
  std::vector<NodeId> targets;
  const AimOptions& aim = outages.faults().aim;
  if (aim.label.empty()) return targets;
  for (size_t i = 0; i < outages.node_count(); ++i) {
    const NodeId id(static_cast<uint32_t>(i));
    if (IsTarget(outages.node(id), aim, outages.now())) targets.push_back(id);
  }
  return targets;
}

}  // namespace reprise
