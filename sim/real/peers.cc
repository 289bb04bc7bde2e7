#include "reprise/sim/real/peers.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"

namespace reprise {

Peers::Peers(const std::vector<RealMember>& members, std::string_view self) {
  for (const RealMember& member : members) {
    REPRISE_CHECK(!Find(member.name).has_value(), "two members are named ",
                  member.name);
    Meet(member.name).address = member.address;
  }
  self_ = Meet(self).id;
}

Peer* Peers::At(NodeId id) {
  const auto found = peers_.find(id.value());
  return found != peers_.end() ? &found->second : nullptr;
}

std::optional<NodeId> Peers::Find(std::string_view name) const {
  const auto found = ids_.find(name);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

Peer& Peers::Meet(std::string_view name) {
  if (const std::optional<NodeId> id = Find(name)) return *At(*id);
  const NodeId id(next_++);
  ids_.emplace(name, id);
  Peer& peer = peers_[id.value()];
  peer.id = id;
  peer.name = name;
  return peer;
}

void Peers::Forget(NodeId id) {
  const Peer* peer = At(id);
  if (peer == nullptr || peer->address || id == self_) return;
  ids_.erase(peer->name);
  peers_.erase(id.value());
}

}  // namespace reprise
