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

  // To be called before a message is sent on the link. Most links carry none,
  // so the streams of messages are opened late.
  void PrepareForMessages(Link& link) {
    if (!link.has_messages) OpenMessages(link);
  }

  // What the link has of faults that few worlds have; opened when it is needed.
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
  void Open(Link& link);
  void OpenMessages(Link& link);
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
