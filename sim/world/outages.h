// Outages: what befalls the nodes and links of one world, whoever begins it:
// the scenario by hand, its script or the fault driver.
//
// Guarantees: each outage that changes something is counted and recorded in the
// trace. An origin ends what it began and nothing else (origin.h).
//
//   outages.SetCut(a, b, Origin::kScript, true);
//   outages.node(a).Crash(Origin::kDrawn);

#ifndef REPRISE_SIM_WORLD_OUTAGES_H_
#define REPRISE_SIM_WORLD_OUTAGES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/link_map.h"
#include "reprise/sim/world/loss_limit.h"
#include "reprise/sim/world/method_table.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

class Outages {
 public:
  // `state` must outlive this, and so must the nodes.
  explicit Outages(WorldState& state) : state_(state) {}
  Outages(const Outages&) = delete;
  Outages& operator=(const Outages&) = delete;

  // Nodes are added in the order of their ids.
  void AddNode(Node& node) { nodes_.push_back(&node); }
  Node& node(NodeId id) { return *nodes_[id.value()]; }
  size_t node_count() const { return nodes_.size(); }
  // Those that were used, in the order of their first use.
  std::deque<Link>& links() { return state_.network.links().links(); }
  LinkDecisions& DecisionsOf(Link& link) {
    return state_.network.links().DecisionsOf(link);
  }

  VirtualTime now() const { return state_.now(); }
  const FaultMix& faults() const { return state_.faults; }
  Scheduler& scheduler() { return state_.scheduler; }
  Decisions& decisions() { return state_.decisions; }
  const LossLimit& losses() const { return state_.losses; }
  FaultCounts& fault_counts() { return state_.fault_counts; }

  // Stops packets between nodes as `partition` says, until EndPartition. It
  // must outlive that.
  void BeginPartition(const Partition& partition);
  // Requires that the partition is on.
  void EndPartition(const Partition& partition);
  // Returns true where `partition` cuts only nodes of `core`: the caller may
  // end it. Otherwise heals it among the nodes of `core` and returns false.
  bool HealInside(const NodeSet& core, Partition& partition);

  // Cuts the way of calls from `from` to `to`, or ends the cut by `by`.
  void SetCut(NodeId from, NodeId to, Origin by, bool is_cut);
  // Breaks the connection that carries the calls and messages of `from` to
  // `to`: its calls fail, and what is on its way is lost.
  void ResetConnection(NodeId from, NodeId to);
  // From now on no packet arrives on the link before `length` has passed.
  void Clog(NodeId from, NodeId to, Duration length, Origin by);
  void Clog(Link& link, Duration length, Origin by);
  // The link is down and up in turn until `length` has passed.
  void Flap(Link& link, Duration length);
  // Packets of the method are slow or lost until `length` has passed.
  void SlowMethod(uint32_t method, Duration length);
  const MethodTable& methods() const { return state_.network.methods(); }
  // When the method is slow no more; zero: it never was.
  VirtualTime SlowUntil(uint32_t method) const;
  // What is sent to `node` takes this much longer; zero ends it. Where several
  // origins slow it down, the longest delay counts.
  void SlowDown(NodeId node, Duration delay, Origin by);

  // Says that the nodes of `zone` are struck together, and by what.
  void RecordZone(EventKind kind, std::string_view zone);

  // "a->b, b->a": the pairs that `partition` cuts, in the order of their ids.
  std::string DescribePairs(const Partition& partition) const;

 private:
  void RecordPartition(EventKind kind, const Partition& partition);

  WorldState& state_;
  std::vector<Node*> nodes_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_OUTAGES_H_
