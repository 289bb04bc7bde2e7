// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// Peers: whom a node of a real network knows, by name and by NodeId.
//
// A member's NodeId is its place in the list of members, so that it is the same
// on all nodes that have the same list. The node itself, where it is no member,
// and whoever else says its name get the numbers behind, in the order in which
// they come.
//
//   Peers peers({{"server", address}}, "clerk-0");
//   peers.self();                           // 1
//   peers.Find("server");                   // 0
//   NodeId caller = peers.Meet("clerk-1");  // 2

#ifndef REPRISE_SIM_REAL_PEERS_H_
#define REPRISE_SIM_REAL_PEERS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/real_member.h"

namespace reprise {

class RealLink;

struct Peer {
  NodeId id;
  std::string name;
  std::optional<Address> address = {};  // None: only on a link of its own.
  std::shared_ptr<RealLink> link = {};  // Whereby it is called; null: none yet.
  // How long the next dialling waits; grows while they fail.
  Duration backoff = {};
};

class Peers {
 public:
  // Requires that no two members have one name.
  Peers(const std::vector<RealMember>& members, std::string_view self);

  NodeId self() const { return self_; }
  // Null: no node has that number.
  Peer* At(NodeId id);
  // None: nobody of that name is known.
  std::optional<NodeId> Find(std::string_view name) const;
  // The peer of this name, known or new. A reference is valid until Forget.
  Peer& Meet(std::string_view name);
  // Its number is nobody's any more. Members are never forgotten.
  void Forget(NodeId id);
  size_t size() const { return peers_.size(); }

 private:
  std::map<uint32_t, Peer> peers_;
  std::map<std::string, NodeId, std::less<>> ids_;
  uint32_t next_ = 0;
  NodeId self_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_PEERS_H_
