// LinkMap: the links between the nodes of a world, opened as they are used.
//
// Guarantees: a link stays where it is for the map's whole life.
//
//   Link& link = links.From(client, server);
//   links.ReverseOf(link);  // what replies travel on

#ifndef REPRISE_SIM_WORLD_LINK_MAP_H_
#define REPRISE_SIM_WORLD_LINK_MAP_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/link_fault_state.h"
#include "reprise/sim/world/packet.h"

namespace reprise {

class LinkMap {
 public:
  // Both must outlive the map.
  LinkMap(Decisions& decisions, const NetworkOptions& options);
  LinkMap(const LinkMap&) = delete;
  LinkMap& operator=(const LinkMap&) = delete;

  // `name` must outlive the map; ids are given in order from 0.
  void AddNode(NodeId id, std::string_view name);

  Link& From(NodeId from, NodeId to) {
    Link* last = senders_[from.value()].last_link;
    return last != nullptr && last->to == to ? *last : FindOrOpen(from, to);
  }
  Link& ReverseOf(Link& link) {
    if (link.reverse == nullptr) link.reverse = &From(link.to, link.from);
    return *link.reverse;
  }

  // The following are opened when they are first needed: most links carry one
  // kind of packet and meet few faults.

  // The decisions about packets of a kind, which is no notice.
  PacketDecisions& DecisionsOf(Link& link, Packet::Kind kind) {
    PacketDecisions* open =
        link.packet_decisions[static_cast<size_t>(kind)].get();
    return open != nullptr ? *open : OpenDecisions(link, kind);
  }
  LinkDecisions& DecisionsOf(Link& link) {
    if (link.decisions == nullptr) OpenDecisions(link);
    return *link.decisions;
  }
  // What the link has of faults that few worlds have.
  LinkFaultState& FaultsOf(Link& link) {
    if (link.faults == nullptr) OpenFaults(link);
    return *link.faults;
  }

  // All that were used, in the order of their first use.
  std::deque<Link>& links() { return links_; }

  // The options of all links that NetworkOptions::links does not name.
  const LinkOptions& usual_options() const { return usual_options_; }

 private:
  struct Sender {
    std::string_view name;
    Link* last_link = nullptr;  // The one that it has used last.
  };

  Link& FindOrOpen(NodeId from, NodeId to);
  [[gnu::cold, gnu::noinline]] PacketDecisions& OpenDecisions(
      Link& link, Packet::Kind kind);
  void OpenDecisions(Link& link);
  void OpenFaults(Link& link);
  std::string NameOf(const Link& link) const;
  const LinkOptions& OptionsOf(const Link& link) const;

  Decisions& decisions_;
  const NetworkOptions& options_;
  const LinkOptions usual_options_;
  std::vector<Sender> senders_;  // By node.
  std::deque<Link> links_;
  absl::flat_hash_map<uint64_t, Link*> link_by_ends_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LINK_MAP_H_
