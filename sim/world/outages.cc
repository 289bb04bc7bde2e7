#include "reprise/sim/world/outages.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/link_faults.h"
#include "reprise/sim/world/transport.h"

namespace reprise {

void Outages::BeginPartition(const Partition& partition) {
  const FrameworkMemoryScope scope;
  ++state_.fault_counts[Fault::kPartition];
  RecordPartition(EventKind::kPartitioned, partition);
  state_.network.transport().AddPartition(partition);
}

void Outages::EndPartition(const Partition& partition) {
  const FrameworkMemoryScope scope;
  RecordPartition(EventKind::kPartitionHealed, partition);
  state_.network.transport().RemovePartition(partition);
}

bool Outages::HealInside(const NodeSet& core, Partition& partition) {
  const FrameworkMemoryScope scope;
  if (partition.IsInside(core)) return true;
  partition.HealInside(core);
  RecordPartition(EventKind::kPartitioned, partition);
  return false;
}

std::string Outages::DescribePairs(const Partition& partition) const {
  std::string pairs;
  for (const uint64_t pair : partition.CutPairs()) {
    absl::StrAppend(&pairs, pairs.empty() ? "" : ", ",
                    ToAbsl(nodes_[pair >> 32]->name()), "->",
                    ToAbsl(nodes_[pair & 0xffffffff]->name()));
  }
  return pairs;
}

void Outages::RecordPartition(EventKind kind, const Partition& partition) {
  state_.trace.RecordContent({.time = now(), .kind = kind},
                             DescribePairs(partition));
}

void Outages::RecordZone(EventKind kind, std::string_view zone) {
  const FrameworkMemoryScope scope;
  state_.trace.RecordContent({.time = now(), .kind = kind}, zone);
}

void Outages::SetCut(NodeId from, NodeId to, Origin by, bool is_cut) {
  const FrameworkMemoryScope scope;
  state_.network.SetCut(from, to, by, is_cut);
}

void Outages::ResetConnection(NodeId from, NodeId to) {
  const FrameworkMemoryScope scope;
  state_.network.ResetConnection(from, to);
}

void Outages::Clog(NodeId from, NodeId to, Duration length, Origin by) {
  const FrameworkMemoryScope scope;
  Clog(state_.network.links().From(from, to), length, by);
}

void Outages::Clog(Link& link, Duration length, Origin by) {
  const FrameworkMemoryScope scope;
  ++state_.fault_counts[Fault::kClog];
  state_.trace.Record({.time = now(),
                       .kind = EventKind::kLinkClogged,
                       .node = link.from,
                       .peer = link.to,
                       .value = static_cast<uint64_t>(length.nanoseconds())});
  state_.network.transport().Clog(link, now() + length, by);
}

void Outages::Flap(Link& link, Duration length) {
  const FrameworkMemoryScope scope;
  state_.network.transport().link_faults().Flap(link, length);
}

void Outages::SlowMethod(uint32_t method, Duration length) {
  const FrameworkMemoryScope scope;
  state_.network.transport().link_faults().SlowMethod(method, length);
}

VirtualTime Outages::SlowUntil(uint32_t method) const {
  return state_.network.transport().link_faults().SlowUntil(method);
}

void Outages::SlowDown(NodeId node, Duration delay, Origin by) {
  const FrameworkMemoryScope scope;
  Transport& transport = state_.network.transport();
  const Duration before = transport.SlowDelay(node);
  transport.SlowDown(node, delay, by);
  const Duration after = transport.SlowDelay(node);
  if (after == before) return;
  if (after > before) ++state_.fault_counts[Fault::kSlow];
  state_.trace.Record({.time = now(),
                       .kind = EventKind::kNodeSlowed,
                       .node = node,
                       .value = static_cast<uint64_t>(after.nanoseconds())});
}

}  // namespace reprise
