#include "reprise/sim/world/world.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/simulated_network.h"

namespace reprise {
namespace {

void AppendName(std::string* text, std::string_view name) {
  absl::StrAppend(text, ToAbsl(name));
}

}  // namespace

World::World(const WorldOptions& options)
    : options_(options),
      decisions_(options.seed),
      scheduler_(options.seed),
      network_(std::make_unique<SimulatedNetwork>(
          scheduler_, trace_, decisions_, options_.faults.network)),
      driver_(*this),
      script_(*this),
      sites_(*this) {
  const absl::Status status = Validate(options_.faults);
  if (!status.ok()) RefuseMix(status.message());
  scheduler_.SetFaultSites(sites_.IsOn() ? &sites_ : nullptr);
}

World::~World() { scheduler_.Shutdown(); }

Node& World::AddNode(std::string_view name) {
  const FrameworkMemoryScope scope;
  // A link is named "from->to": two pairs of nodes must not share its streams.
  REPRISE_CHECK(name.find("->") == std::string_view::npos, "the node name \"",
                ToAbsl(name),
                "\" contains \"->\", which joins the names of "
                "a link's ends");
  const NodeId id(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back(std::make_unique<Node>(*this, id, name));
  Node& node = *nodes_.back();
  const bool is_new = node_names_.insert(node.name()).second;
  REPRISE_CHECK(is_new, "two nodes are named ", ToAbsl(name));
  SetClock(node);
  network_->AddNode(id, node.tasks_, node.memory(), node.clock());
  trace_.RecordContent({.time = now(),
                        .kind = EventKind::kNodeNamed,
                        .node = id,
                        .id = id.value()},
                       name);
  return node;
}

// Draws the error of a new node's clock.
void World::SetClock(Node& node) {
  const ClockOptions& clocks = options_.faults.clocks;
  const auto draw = [&](std::string_view purpose, int64_t most) -> int64_t {
    if (most == 0) return 0;
    DecisionStream stream = decisions_.Open(node.name(), purpose);
    const uint64_t word = decisions_.DecideWord(stream);
    // A calm clock has no error.
    return word == 0 ? 0 : UniformOfWord(word, -most, most);
  };
  node.clock().SetDrift(draw("clock-drift", clocks.drift_ppm_max));
  node.clock().MoveWallTime(
      Nanoseconds(draw("clock-skew", clocks.skew_max.nanoseconds())));
}

PacketRuleGuard World::AddPacketRule(PacketRule rule) {
  const FrameworkMemoryScope scope;
  return network_->AddRule(std::move(rule));
}

void World::SetConnected(NodeId from, NodeId to, bool is_connected) {
  SetCut(from, to, Origin::kScenario, !is_connected);
}

void World::SetCut(NodeId from, NodeId to, Origin by, bool is_cut) {
  const FrameworkMemoryScope scope;
  network_->SetCut(from, to, by, is_cut);
}

RunResult World::RunUntilIdle() { return Run(VirtualTime::Infinite()); }

RunResult World::RunUntil(VirtualTime end) { return Run(end); }

void World::BeginPartition(const Partition& partition) {
  const FrameworkMemoryScope scope;
  ++outages_.partitions;
  RecordPartition(EventKind::kPartitioned, partition);
  network_->transport().AddPartition(partition);
}

void World::EndPartition(const Partition& partition) {
  const FrameworkMemoryScope scope;
  RecordPartition(EventKind::kPartitionHealed, partition);
  network_->transport().RemovePartition(partition);
}

void World::RecordPartition(EventKind kind, const Partition& partition) {
  std::string pairs;
  for (const uint64_t pair : partition.CutPairs()) {
    absl::StrAppend(&pairs, pairs.empty() ? "" : ", ",
                    ToAbsl(node(NodeId(pair >> 32)).name()), "->",
                    ToAbsl(node(NodeId(pair & 0xffffffff)).name()));
  }
  trace_.RecordContent({.time = now(), .kind = kind}, pairs);
}

void World::SlowDown(NodeId node, Duration delay, Origin by) {
  const FrameworkMemoryScope scope;
  Transport& transport = network_->transport();
  const Duration before = transport.SlowDelay(node);
  transport.SlowDown(node, delay, by);
  const Duration after = transport.SlowDelay(node);
  if (after == before) return;
  if (after > before) ++outages_.slowdowns;
  trace_.Record({.time = now(),
                 .kind = EventKind::kNodeSlowed,
                 .node = node,
                 .value = static_cast<uint64_t>(after.nanoseconds())});
}

void World::Clog(Link& link, Duration length, Origin by) {
  const FrameworkMemoryScope scope;
  ++outages_.clogs;
  trace_.Record({.time = now(),
                 .kind = EventKind::kLinkClogged,
                 .node = link.from,
                 .peer = link.to,
                 .value = static_cast<uint64_t>(length.nanoseconds())});
  network_->transport().Clog(link, now() + length, by);
}

Link& World::link(NodeId from, NodeId to) {
  const FrameworkMemoryScope scope;
  return network_->transport().LinkFrom(from, to);
}

void World::EndFaults(const NodeSet& core) {
  const FrameworkMemoryScope scope;
  Note("faults end");
  network_->transport().EndFaults();
  for (const auto& node : nodes_) node->EndDiskFaults();
  scheduler_.SetFaultSites(nullptr);
  sites_.EndFaults();
  driver_.EndFaults(core);
  script_.EndFaults(core);
}

bool World::HealInside(const NodeSet& core, Partition& partition) {
  const FrameworkMemoryScope scope;
  if (partition.IsInside(core)) return true;
  partition.HealInside(core);
  RecordPartition(EventKind::kPartitioned, partition);
  return false;
}

// A link that differs must be one of this world's.
void World::CheckLinkNames() const {
  const std::vector<LinkOptions>& links = options_.faults.network.links;
  for (size_t i = 0; i < links.size(); ++i) {
    const auto check = [&](std::string_view field, const std::string& name) {
      if (name.empty() || node_names_.count(name) > 0) return;
      RefuseMix(absl::StrCat("faults: network.links[", i, "].", ToAbsl(field),
                             " is \"", name, "\", expected \"\" or one of ",
                             absl::StrJoin(node_names_, ", ", AppendName)));
    };
    check("from", links[i].from);
    check("to", links[i].to);
  }
}

void World::RefuseMix(absl::string_view reason) const {
  Refuse(absl::StrCat("seed ", options_.seed.value(), ": ", reason));
}

void World::CheckLeaks(Node& node) {
  const MemoryAccount& memory = node.memory();
  if (memory.held_blocks() == 0) return;
  const FrameworkMemoryScope scope;
  leaks_.push_back({.node = node.id(),
                    .time = now(),
                    .bytes = memory.held_bytes(),
                    .blocks = memory.held_blocks()});
}

RunResult World::Run(VirtualTime end) {
  CheckLinkNames();
  driver_.Start();
  return scheduler_.Run({.end = end,
                         .max_steps = options_.max_steps,
                         .max_time = options_.max_time});
}

void World::Note(std::string_view text) {
  const FrameworkMemoryScope scope;
  trace_.RecordContent({.time = now(), .kind = EventKind::kNote}, text);
}

std::string_view World::KeepName(std::string_view name) {
  const FrameworkMemoryScope scope;
  const auto kept = names_.find(name);
  return kept != names_.end() ? *kept : *names_.emplace(name).first;
}

const NetworkCounters& World::counters() const { return network_->counters(); }

const MemoryAccount& World::network_memory() const {
  return network_->memory();
}

std::string NodeName(std::string_view role, int number) {
  return absl::StrCat(ToAbsl(role), "-", number);
}

}  // namespace reprise
