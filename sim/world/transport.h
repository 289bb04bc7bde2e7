// Transport: puts packets on links, where they are lost, delayed and
// duplicated.
//
// Guarantees: packet rules or the link's decisions decide a packet's fate when
// it is sent, and the trace records it. Each packet, original or duplicate,
// arrives once unless it is lost. The original is put on its link before its
// duplicates: where the link has no room for all of them, the duplicates are
// dropped first; where it has a bandwidth, they wait for the original. Where
// the network tells of losses, the caller gets a notice when the original
// would have arrived.
//
//   Packet* packet = state.pool.Acquire();
//   packet->link = &state.links.From(client, server);
//   transport.Send(packet);

#ifndef REPRISE_SIM_WORLD_TRANSPORT_H_
#define REPRISE_SIM_WORLD_TRANSPORT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/crash_points.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/link_faults.h"
#include "reprise/sim/world/network_state.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/packet_rules.h"
#include "reprise/sim/world/partition.h"

namespace reprise {

class Transport {
 public:
  // `state` must outlive the transport.
  explicit Transport(NetworkState& state);
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // Sends a request, message or reply along packet->link. Takes the packet
  // over.
  void Send(Packet* packet);
  // Turns `packet` into a notice that makes its call fail with `status` after
  // `delay`. Takes the packet over. `request_link` is the link on which the
  // call's request was sent.
  void SendNotice(Packet* packet, Link& request_link, absl::Status status,
                  Duration delay);

  // Loses what is on its way on the connection whose requests travel on
  // `link`. No caller gets a notice. Returns whether there was anything.
  bool LoseConnection(const Link& link);

  // From now on they are told of each packet that a node sends; null: nobody.
  void SetCrashPoints(CrashPoints* points);

  PacketRuleGuard AddRule(PacketRule rule);
  // To be called when edits were read: they may rule.
  void NoteEdits() { UpdatePath(); }
  LinkFaults& link_faults() { return link_faults_; }

  // `partition` stops packets, also those under way, until it is removed.
  void AddPartition(const Partition& partition);
  void RemovePartition(const Partition& partition);
  // Packets that would arrive on the link before `end` arrive at `end`. Where
  // clogs overlap, the last end counts, but a drawn clog is over as soon as a
  // script or the scenario begins another.
  void Clog(Link& link, VirtualTime end, Origin by);
  // What is sent to `node` takes `delay` longer; zero ends it. Where several
  // origins slow it down, the longest delay counts. A scripted one ends a drawn
  // one.
  void SlowDown(NodeId node, Duration delay, Origin by);
  Duration SlowDelay(NodeId node) const {
    return node.value() < slowness_.size() ? slowness_[node.value()].delay
                                           : Duration();
  }
  // From now on nothing is lost, duplicated, corrupted, late or held back, but
  // by flaps that go on.
  void EndFaults() {
    has_ended_faults_ = true;
    link_faults_.EndFaults();
  }
  bool HasEndedFaults() const { return has_ended_faults_; }

  // To be called when a packet arrives. Returns true if the packet was stopped
  // or put off; the transport has then taken it over.
  bool Intercept(Packet* packet) {
    return !is_path_plain_ && InterceptOnPath(packet);
  }

 private:
  // What becomes of one packet.
  struct Fate {
    Duration delay;
    bool is_lost = false;
    bool is_duplicated = false;
    bool is_ruled = false;  // By a packet rule.
  };
  struct PartitionInForce {
    const Partition* partition;
    bool has_struck = false;  // It has stopped a packet.
  };
  // How much longer what is sent to one node takes.
  struct Slowness {
    Duration delay;           // The longest below.
    bool has_struck = false;  // Since it last grew.
    std::array<Duration, kOrigins> by_origin = {};
  };

  void UpdatePath();
  // To be asked about packets alone: what cuts the link has struck.
  bool IsCut(const Link& link);
  Duration SlowPacket(const Link& link);
  bool InterceptOnPath(Packet* packet);
  void TravelOnPath(Packet& packet, Fate& fate);
  void Corrupt(Packet& packet, Fate& fate);
  void Lose(Packet* packet, Duration delay);
  // Counts and records that the packet is lost.
  void NoteLoss(const Packet& packet, Duration delay);

  [[gnu::always_inline]] inline Fate Decide(const Packet& packet);
  [[gnu::always_inline]] inline Fate DecideAt(const DecisionPlace& place,
                                              const Packet& packet);
  // As Decide, where decisions have names.
  [[gnu::noinline]] Fate DecideNamed(const Packet& packet);
  // Sends a packet that is lost or duplicated, or whose path is not plain.
  [[gnu::noinline]] void SendWithFaults(Packet* packet, Fate fate);
  // The packet is under way and arrives after `delay`.
  [[gnu::always_inline]] inline void Launch(Packet* packet, Duration delay);
  void ApplyRules(const Packet& packet, Fate& fate);
  void StrikeOnLink(const Packet& packet, Fate& fate);
  Packet* DuplicateOf(const Packet& packet);
  void SendDuplicates(Packet* duplicate, bool is_ruled);
  void SendDuplicate(Packet* duplicate, bool is_ruled);

  NetworkState& state_;
  CrashPoints* crash_points_ = nullptr;
  Scheduler& scheduler_;
  Decisions& decisions_;
  const NetworkOptions& options_;
  // By direction. Frequent, and cheaper to share than to make.
  const std::array<absl::Status, 3> losses_;
  std::vector<PartitionInForce> partitions_;
  const bool shapes_traffic_;  // Bandwidth, capacity or corruption.
  // Whether links do no more than lose, delay and duplicate, and no rule may
  // rule. UpdatePath keeps it up to date.
  bool is_path_plain_ = true;
  bool has_ended_faults_ = false;
  std::vector<Slowness> slowness_;  // By node, as far as any was slow.
  int slow_nodes_ = 0;
  VirtualTime last_clog_end_;
  PacketRules rules_;
  LinkFaults link_faults_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TRANSPORT_H_
