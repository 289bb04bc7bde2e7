#include "reprise/sim/world/world.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/world/drawn_sites.h"
#include "reprise/sim/world/drawn_turns.h"
#include "reprise/sim/world/fault_driver.h"
#include "reprise/sim/world/fault_fields.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/outages.h"
#include "reprise/sim/world/point_crashes.h"
#include "reprise/sim/world/purpose.h"
#include "reprise/sim/world/simulated_network.h"
#include "reprise/sim/world/transport.h"
#include "reprise/sim/world/validate_mix.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {
namespace {

void AppendName(std::string* text,
                const std::pair<const std::string_view, NodeId>& node) {
  absl::StrAppend(text, ToAbsl(node.first));
}

}  // namespace

World::World(const WorldOptions& options)
    : options_(options),
      state_(std::make_unique<WorldState>(options.seed, options.faults,
                                          options.scenario)),
      outages_(std::make_unique<Outages>(*state_)),
      script_(*outages_),
      driver_(std::make_unique<FaultDriver>(*outages_, script_)),
      sites_(std::make_unique<DrawnSites>(*state_)),
      turns_(std::make_unique<DrawnTurns>(*state_)) {
  const absl::Status status = Validate(options_.faults);
  if (!status.ok()) RefuseMix(status.message());
  const NodeFaultOptions& nodes = options_.faults.nodes;
  if (HasCrashPoints(nodes)) {
    points_ = std::make_unique<PointCrashes>(*outages_, *driver_);
    state_->crash_points = points_.get();
  }
  if (!nodes.crash_after_send.IsZero()) {
    state_->network.transport().SetCrashPoints(points_.get());
  }
  scheduler().SetDebuggedWorld(this);
  scheduler().SetFaultSites(sites_->IsOn() ? sites_.get() : nullptr);
  if (IsOn(options_.faults.tasks)) scheduler().SetTaskTurns(turns_.get());
}

World::~World() { End(); }

void World::End() {
  if (state_->phase != WorldState::Phase::kAlive) return;
  if (CurrentContext().scheduler == &state_->scheduler) {
    Misuse("World::End() was called inside a run of the world",
           "the scenario ends the world, when its run has returned");
  }
  const FrameworkMemoryScope scope;
  for (const auto& node : nodes_) node->NoteEnd();
  const Trace trace = state_->trace;
  const FaultCounts fault_counts = state_->fault_counts;
  const NetworkCounters counters = state_->network.counters();
  state_->phase = WorldState::Phase::kEnding;
  state_->trace.SetSink(nullptr);
  state_->trace.SetTrail(nullptr);
  scheduler().Shutdown();
  for (const auto& node : nodes_) node->DropProgram();
  state_->network.End();
  state_->trace = trace;
  state_->fault_counts = fault_counts;
  state_->network.SetCounters(counters);
  state_->phase = WorldState::Phase::kEnded;
}

void World::Abandon() {
  scheduler().Abandon();
  KeepForever(*this);
}

bool World::HasEnded() const {
  return state_->phase == WorldState::Phase::kEnded;
}

bool World::IsEnding() const {
  return state_->phase == WorldState::Phase::kEnding;
}

Node& World::AddNode(TextView name, const NodeOptions& options) {
  const bool is_open = state_->IsOpen("World::AddNode()");
  REPRISE_CHECK(is_open, "a task that unwinds adds a node");
  const FrameworkMemoryScope scope;
  // A link is named "from->to": two pairs of nodes must not share its streams.
  REPRISE_CHECK(name.find("->") == std::string_view::npos, "the node name \"",
                ToAbsl(name),
                "\" contains \"->\", which joins the names of "
                "a link's ends");
  const NodeId id(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back(std::make_unique<Node>(*state_, id, name, options));
  Node& node = *nodes_.back();
  const bool is_new = state_->nodes_by_name.emplace(node.name(), id).second;
  if (!is_new) {
    Misuse(absl::StrCat("two nodes are named ", ToAbsl(name)),
           "give each node a name of its own, such as NodeName(\"clerk\", 3)");
  }
  outages_->AddNode(node);
  if (decisions().HasEdits()) {
    DecisionStream stream =
        decisions().Open(node.name(), Purpose::kNodeLeftOut);
    if (decisions().DecideEdit(stream, 0) != 0) node.LeaveOut();
  }
  SetClock(node);
  trace().RecordContent({.time = now(),
                         .kind = EventKind::kNodeNamed,
                         .node = id,
                         .id = id.value()},
                        name);
  return node;
}

// Draws the error of a new node's clock.
void World::SetClock(Node& node) {
  const ClockOptions& clocks = options_.faults.clocks;
  const auto draw = [&](Purpose purpose, int64_t most) -> int64_t {
    if (most == 0) return 0;
    DecisionStream stream = decisions().Open(node.name(), purpose);
    const uint64_t word = decisions().DecideWord(stream);
    // A calm clock has no error.
    return word == 0 ? 0 : UniformOfWord(word, -most, most);
  };
  node.clock().SetDrift(draw(Purpose::kClockDrift, clocks.drift_ppm_max));
  node.clock().MoveWallTime(
      Nanoseconds(draw(Purpose::kClockSkew, clocks.skew_max.nanoseconds())));
}

PacketRuleGuard World::AddPacketRule(PacketRule rule) {
  const FrameworkMemoryScope scope;
  return state_->network.AddRule(std::move(rule));
}

void World::SetConnected(NodeId from, NodeId to, bool is_connected) {
  if (!state_->IsOpen("World::SetConnected()")) return;
  outages_->SetCut(from, to, Origin::kScenario, !is_connected);
}

void World::ResetConnection(NodeId from, NodeId to) {
  if (!state_->IsOpen("World::ResetConnection()")) return;
  outages_->ResetConnection(from, to);
}

void World::Clog(NodeId from, NodeId to, Duration length) {
  if (!state_->IsOpen("World::Clog()")) return;
  outages_->Clog(from, to, length, Origin::kScenario);
}

void World::SlowDown(NodeId node, Duration delay) {
  if (!state_->IsOpen("World::SlowDown()")) return;
  outages_->SlowDown(node, delay, Origin::kScenario);
}

void World::BeginPartition(const Partition& partition) {
  if (!state_->IsOpen("World::BeginPartition()")) return;
  outages_->BeginPartition(partition);
}

void World::EndPartition(const Partition& partition) {
  if (!state_->IsOpen("World::EndPartition()")) return;
  outages_->EndPartition(partition);
}

void World::EndFaults(const NodeSet& core) {
  if (!state_->IsOpen("World::EndFaults()")) return;
  const FrameworkMemoryScope scope;
  Note("faults end");
  state_->network.transport().EndFaults();
  for (const auto& node : nodes_) node->EndDiskFaults(core.Has(node->id()));
  scheduler().SetFaultSites(nullptr);
  scheduler().SetTaskTurns(nullptr);
  sites_->EndFaults();
  driver_->EndFaults(core);
  script_.EndFaults(core);
}

void World::KeepMajority(std::vector<NodeId> nodes) {
  if (!state_->IsOpen("World::KeepMajority()")) return;
  const FrameworkMemoryScope scope;
  state_->losses.KeepMajority(std::move(nodes));
}

bool World::HasLostSyncedData(NodeId node) const {
  return state_->losses.HasLost(node);
}

void World::Follow(const Edits& edits) {
  const FrameworkMemoryScope scope;
  decisions().Follow(edits);
  state_->network.transport().NoteEdits();
  reseeds_.assign(edits.reseeds.begin(), edits.reseeds.end());
  // One from before the start answers what is asked before the first run, too.
  ApplyReseeds(/*has_fired=*/false);
}

void World::ApplyReseeds(bool has_fired) {
  while (!reseeds_.empty() &&
         (reseeds_.front().after < now() ||
          (has_fired && reseeds_.front().after == now()))) {
    decisions().Reseed(reseeds_.front());
    reseeds_.pop_front();
  }
}

RunResult World::RunUntilIdle() { return Run(VirtualTime::Infinite()); }

RunResult World::RunUntil(VirtualTime end) { return Run(end); }

RunResult World::Run(VirtualTime end) {
  if (!state_->IsOpen("a run of the world")) return {.end = RunEnd::kStopped};
  if (CurrentContext().task != nullptr) {
    Misuse("a run of the world was called inside a task",
           "the scenario itself runs the world; a task waits by "
           "env.clock().SleepFor()");
  }
  CheckLinkNames();
  CheckZones();
  driver_->Start();
  for (;;) {
    RunLimits limits{.end = end,
                     .max_steps = options_.max_steps,
                     .max_time = options_.max_time};
    if (watch_ != nullptr) limits.look = watch_->NextLook();
    ApplyReseeds(/*has_fired=*/false);
    const bool looks_to_reseed =
        !reseeds_.empty() && reseeds_.front().after < limits.look;
    if (looks_to_reseed) limits.look = reseeds_.front().after;
    RunResult result = scheduler().Run(limits);
    if (result.end != RunEnd::kLook) return result;
    if (looks_to_reseed && now() == limits.look) {
      ApplyReseeds(/*has_fired=*/true);
    }
    if (watch_ != nullptr) watch_->Look();
    if (scheduler().WasToldToStop()) return {.end = RunEnd::kStopped};
  }
}

// A link that differs must be one of this world's.
void World::CheckLinkNames() const {
  const std::vector<LinkOptions>& links = options_.faults.network.links;
  for (size_t i = 0; i < links.size(); ++i) {
    const auto check = [&](std::string_view field, const std::string& name) {
      if (name.empty() || state_->nodes_by_name.count(name) > 0) return;
      RefuseMix(
          absl::StrCat("faults: network.links[", i, "].", ToAbsl(field),
                       " is \"", name, "\", expected \"\" or one of ",
                       absl::StrJoin(state_->nodes_by_name, ", ", AppendName)));
    };
    check("from", links[i].from);
    check("to", links[i].to);
  }
}

// Zones alone part nobody where there is only one.
void World::CheckZones() const {
  const PartitionOptions& shapes = options_.faults.partitions;
  if (!IsOn(shapes.outage) || shapes.halves || shapes.isolate_one ||
      shapes.random_groups || shapes.bridge || shapes.ring_of_majorities) {
    return;
  }
  std::set<std::string_view> zones;
  for (const auto& node : nodes_) zones.insert(node->zone());
  zones.erase("");
  if (zones.size() > 1) return;
  RefuseMix(
      absl::StrCat("faults: partitions.zones is the only shape in a world "
                   "of ",
                   zones.size(), " zones, expected 2 or more"));
}

void World::RefuseMix(TextView reason) const {
  Refuse(absl::StrCat("seed ", options_.seed.value(), ": ", ToAbsl(reason)));
}

VirtualTime World::now() const { return state_->now(); }

void World::Note(TextView text) {
  if (!state_->IsOpen("World::Note()")) return;
  const FrameworkMemoryScope scope;
  trace().RecordContent({.time = now(), .kind = EventKind::kNote}, text);
}

void World::Log(LogLevel level, TextView text, LogFields fields) {
  if (!trace().IsLogged(level) || !state_->IsOpen("World::Log()")) return;
  const FrameworkMemoryScope scope;
  trace().Show({.time = now(),
                .kind = EventKind::kScenarioLogged,
                .value = static_cast<uint64_t>(level)},
               LogLine(text, fields));
}

Trace& World::trace() { return state_->trace; }

Decisions& World::decisions() { return state_->decisions; }
const Decisions& World::decisions() const { return state_->decisions; }

Scheduler& World::scheduler() { return state_->scheduler; }

std::string World::DescribeUnserved() const {
  return state_->network.DescribeUnserved();
}

const NetworkCounters& World::counters() const {
  return state_->network.counters();
}

const FaultCounts& World::fault_counts() const { return state_->fault_counts; }

const std::vector<MemoryLeak>& World::leaks() const { return state_->leaks; }

const MemoryAccount& World::network_memory() const {
  return state_->network.memory();
}

std::string NodeName(TextView role, int number) {
  return absl::StrCat(ToAbsl(role), "-", number);
}

}  // namespace reprise
