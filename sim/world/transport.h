// Transport: puts packets on links, where they are lost, delayed and doubled.
//
// Guarantees: a packet's fate is decided when it is sent, by packet rules or by
// its link's decisions, and recorded in the trace; a packet that is not lost
// arrives once, and once more if it is doubled. Where the network tells of
// losses, the caller's side gets a notice when the packet would have arrived.

#ifndef REPRISE_SIM_WORLD_TRANSPORT_H_
#define REPRISE_SIM_WORLD_TRANSPORT_H_

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/partition.h"

namespace reprise {

class Transport {
 public:
  // All must outlive the transport.
  Transport(Scheduler& scheduler, Trace& trace, Decisions& decisions,
            const NetworkOptions& options, PacketReceiver& receiver);

  // `name` must outlive the transport; ids are given in order from 0.
  void AddNode(NodeId id, std::string_view name);
  size_t node_count() const { return ports_.size(); }

  // The number of a method's name, the same for the transport's whole life.
  uint32_t MethodNumber(std::string_view method) {
    if (last_method_ < methods_.size() && methods_[last_method_] == method) {
      return last_method_;
    }
    return last_method_ = FindOrAddMethod(method);
  }
  std::string_view MethodName(uint32_t method) const {
    return methods_[method];
  }

  Link& LinkFrom(NodeId from, NodeId to) {
    Link* last = ports_[from.value()].last_link;
    return last != nullptr && last->to == to ? *last : FindOrOpenLink(from, to);
  }
  Link& ReverseOf(Link& link) {
    if (link.reverse == nullptr) link.reverse = &LinkFrom(link.to, link.from);
    return *link.reverse;
  }

  // Sends a request or a reply along packet->link.
  void Send(Packet* packet);
  // Makes the call of `packet` fail with `status` after `delay`. `packet` is
  // taken over; its link is the one that its request travelled on.
  void SendNotice(Packet* packet, Link& request_link, absl::Status status,
                  Duration delay);

  PacketRuleGuard AddRule(PacketRule rule);

  // `partition` stops packets, also those under way, until it is removed.
  void AddPartition(const Partition& partition);
  void RemovePartition(const Partition& partition);
  // Packets that would arrive on the link before `end` arrive then, or later
  // where another clog ends later. A drawn one gives way to any other.
  void Clog(Link& link, VirtualTime end, Origin by);
  // What is sent to `node` takes this much longer, or longer still where
  // another origin says so; zero ends it. A scripted one ends a drawn one.
  void SlowDown(NodeId node, Duration delay, Origin by);
  Duration SlowDelay(NodeId node) const {
    return ports_[node.value()].slow_delay;
  }
  // From now on nothing is lost, doubled, corrupted or late.
  void EndFaults() { has_ended_faults_ = true; }

  // On arrival: true if the packet was stopped or put off, and taken over.
  bool Intercept(Packet* packet) {
    return !is_path_plain_ && InterceptOnPath(packet);
  }

  // All links that were used, in the order of their first use.
  std::deque<Link>& links() { return links_; }

  // Records what happened to `packet` at `node`; `peer` is the other end.
  [[gnu::always_inline]] void Record(EventKind kind, const Packet& packet,
                                     NodeId node, NodeId peer, uint64_t value) {
    trace_.Record({.time = scheduler_.now(),
                   .kind = kind,
                   .method = packet.method,
                   .node = node,
                   .peer = peer,
                   .id = packet.call,
                   .value = value,
                   .bytes = packet.payload.size(),
                   .hash = packet.hash},
                  packet.payload);
  }

  // The account that messages in flight are charged to.
  MemoryAccount& memory() { return *memory_; }
  PacketPool& pool() { return pool_; }
  NetworkCounters& counters() { return counters_; }

 private:
  // What becomes of one packet.
  struct Fate {
    Duration delay;
    bool is_lost = false;
    bool is_doubled = false;
  };
  struct Port {
    std::string_view name;
    Duration slow_delay = {};  // The longest of those of all origins.
    std::array<Duration, kOrigins> slow_delays = {};
    Link* last_link = nullptr;  // The link that was used last from here.
  };
  struct InstalledRule {
    uint64_t id;
    PacketRule rule;
  };

  uint32_t FindOrAddMethod(std::string_view method);
  Link& FindOrOpenLink(NodeId from, NodeId to);

  void UpdatePath();
  bool IsCut(const Link& link) const;
  bool InterceptOnPath(Packet* packet);
  void TravelOnPath(Packet& packet, Fate& fate);
  void Corrupt(Packet& packet, Fate& fate);
  void Lose(Packet* packet, EventKind kind, Duration delay);

  // What befalls packets of this kind on their link.
  static const PacketOptions& OptionsOf(const Packet& packet) {
    const LinkOptions& link = *packet.link->options;
    return packet.kind == Packet::Kind::kRequest ? link.request : link.reply;
  }
  const LinkOptions& OptionsOf(const Link& link) const;

  [[gnu::always_inline]] inline Fate Decide(const Packet& packet);
  // As Send, where the packet has a fate out of the ordinary or may get one.
  [[gnu::noinline]] void SendWithFaults(Packet* packet, Fate fate);
  // The packet is under way and arrives after `delay`.
  [[gnu::always_inline]] inline void Launch(Packet* packet, Duration delay);
  void ApplyRules(const Packet& packet, Fate& fate);
  void SendDuplicate(const Packet& packet);

  Scheduler& scheduler_;
  Trace& trace_;
  Decisions& decisions_;
  const NetworkOptions& options_;
  const LinkOptions usual_link_;  // Of all links that options_.links leaves.
  MemoryAccountHandle memory_ = NewMemoryAccount();
  PacketPool pool_;
  // Frequent, and cheaper to share than to make.
  const absl::Status request_lost_ =
      absl::UnavailableError("the request was lost");
  const absl::Status reply_lost_ = absl::UnavailableError("the reply was lost");
  NetworkCounters counters_;
  std::deque<std::string> method_names_;  // Tasks and reports refer to them.
  std::vector<std::string_view> methods_;
  uint32_t last_method_ = 0;  // Asked for last.
  std::vector<Port> ports_;
  std::deque<Link> links_;
  absl::flat_hash_map<uint64_t, Link*> link_by_ends_;
  std::vector<const Partition*> partitions_;
  const bool shapes_traffic_;  // Bandwidth, capacity or corruption.
  // That links do no more than lose, delay and double, and that there are no
  // rules. See UpdatePath.
  bool is_path_plain_ = true;
  bool has_ended_faults_ = false;
  int slow_nodes_ = 0;
  VirtualTime last_clog_end_;
  std::vector<InstalledRule> rules_;
  uint64_t next_rule_id_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TRANSPORT_H_
