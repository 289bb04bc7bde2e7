// NameLookup: the names of nodes, as the code on one node resolves them.
//
// Guarantees: a lookup takes no time. Each one is in the trace and asks one
// decision, whether it fails.
//
//   NameLookup lookup(world, NodeId(0), "client");
//   absl::StatusOr<NodeId> server = lookup.Resolve("server");

#ifndef REPRISE_SIM_WORLD_NAME_LOOKUP_H_
#define REPRISE_SIM_WORLD_NAME_LOOKUP_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

class NameLookup {
 public:
  // For the code on the node `asker`. The world and the text of the name must
  // outlive it.
  NameLookup(WorldState& world, NodeId asker, std::string_view asker_name)
      : world_(world), asker_(asker), asker_name_(asker_name) {}

  // See Network::Resolve in sim/env/network.h.
  absl::StatusOr<NodeId> Resolve(std::string_view name);

 private:
  absl::StatusOr<NodeId> Find(std::string_view name);
  bool Fails();

  WorldState& world_;
  const NodeId asker_;
  const std::string_view asker_name_;
  std::optional<DecisionStream> errors_;  // Since the first lookup.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NAME_LOOKUP_H_
