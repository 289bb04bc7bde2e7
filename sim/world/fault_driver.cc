#include "reprise/sim/world/fault_driver.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/world/aim.h"
#include "reprise/sim/world/fault_fields.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/partition_shape.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

// So many times likelier, up to certain.
OutageOptions Scaled(OutageOptions options, int64_t factor) {
  const uint64_t certain = options.start.denominator;
  const uint64_t scaled =
      std::min<uint64_t>(static_cast<uint64_t>(factor), certain) *
      options.start.numerator;
  options.start.numerator = static_cast<uint32_t>(std::min(scaled, certain));
  return options;
}

// What is aimed at nobody.
int64_t AsOften() { return 1; }

}  // namespace

FaultDriver::FaultDriver(Outages& outages, const FaultScript& script)
    : outages_(outages),
      script_(script),
      mix_(outages.faults()),
      disks_(outages) {}

FaultDriver::~FaultDriver() {
  Scheduler& scheduler = outages_.scheduler();
  if (IsScheduled()) scheduler.Cancel(*this);
  for (const DrawnOutages& drawn : nodes_) {
    if (drawn.next_crash->IsScheduled()) scheduler.Cancel(*drawn.next_crash);
  }
}

void FaultDriver::Start() {
  if (has_ended_ || IsScheduled() || !HasOutages()) return;
  if (tick_ == 0) {
    Decisions& decisions = outages_.decisions();
    partition_outage_.stream = decisions.Open("world", Purpose::kPartition);
    partition_shape_ = decisions.Open("world", Purpose::kPartitionShape);
  }
  outages_.scheduler().Schedule(*this, outages_.now() + mix_.tick);
}

void FaultDriver::EndFaults(const NodeSet& core) {
  has_ended_ = true;
  if (IsScheduled()) outages_.scheduler().Cancel(*this);
  if (partition_ != nullptr && outages_.HealInside(core, *partition_)) {
    EndPartition();
  }
  for (Link& link : outages_.links()) {
    if (!core.Has(link.from) || !core.Has(link.to)) continue;
    link.clogged_until = VirtualTime();
    link.flapping_until = VirtualTime();
  }
  for (size_t i = 0; i < nodes_.size(); ++i) {
    Node& node = outages_.node(NodeId(static_cast<uint32_t>(i)));
    if (!core.Has(node.id())) continue;
    outages_.SlowDown(node.id(), Duration(), Origin::kDrawn);
    node.Resume(Origin::kDrawn);
    node.StartClock(Origin::kDrawn);
    if (node.IsDownBy(Origin::kDrawn)) node.Restart();
  }
  for (const DrawnOutages& drawn : nodes_) {
    CrashInRecovery& next = *drawn.next_crash;
    if (next.IsScheduled()) outages_.scheduler().Cancel(next);
  }
}

void FaultDriver::Fire() {
  ++tick_;
  MeetAll();
  outages_on_ = 0;
  TickPartition();
  for (DrawnZone& zone : zones_) TickZone(zone);
  for (size_t i = 0; i < nodes_.size(); ++i) {
    Node& node = outages_.node(NodeId(static_cast<uint32_t>(i)));
    if (node.HasProgram()) TickNode(node, nodes_[i]);
    TickClock(node, nodes_[i]);
  }
  if (HasClogs()) TickLinks();
  if (HasResets()) TickConnections();
  if (disks_.AreOn()) disks_.Tick(tick_);
  if (HasFlaps()) TickFlaps();
  if (IsOn(mix_.network.slow_method)) TickMethods();
  if (!IsLastEvent()) {
    outages_.scheduler().Schedule(*this, outages_.now() + mix_.tick);
  }
}

bool FaultDriver::HasOutages() const {
  return IsOn(mix_.partitions.outage) || HasClogs() || HasResets() ||
         HasFlaps() || IsOn(mix_.network.slow_method) ||
         HasCrashes(mix_.nodes) || IsOn(mix_.nodes.pause) ||
         IsOn(mix_.nodes.slow) || IsOn(mix_.nodes.zone_crash) ||
         IsOn(mix_.nodes.zone_pause) || !mix_.clocks.jump.IsZero() ||
         !mix_.clocks.leap.IsZero() || IsOn(mix_.clocks.stop) || disks_.AreOn();
}

bool FaultDriver::HasClogs() const {
  const std::vector<LinkOptions>& links = mix_.network.links;
  return IsOn(mix_.network.clog) ||
         std::any_of(links.begin(), links.end(),
                     [](const LinkOptions& link) { return IsOn(link.clog); });
}

bool FaultDriver::HasResets() const {
  const std::vector<LinkOptions>& links = mix_.network.links;
  return !mix_.network.reset.IsZero() ||
         std::any_of(links.begin(), links.end(), [](const LinkOptions& link) {
           return !link.reset.IsZero();
         });
}

bool FaultDriver::HasFlaps() const {
  const std::vector<LinkOptions>& links = mix_.network.links;
  return IsOn(mix_.network.flap) ||
         std::any_of(links.begin(), links.end(),
                     [](const LinkOptions& link) { return IsOn(link.flap); });
}

bool FaultDriver::IsLastEvent() const {
  if (outages_on_ > 0) return false;
  const Scheduler& scheduler = outages_.scheduler();
  const auto crashes_to_come = static_cast<size_t>(std::count_if(
      nodes_.begin(), nodes_.end(),
      [](const auto& drawn) { return drawn.next_crash->IsScheduled(); }));
  return scheduler.unfinished_tasks() == 0 ||
         scheduler.pending_events() == crashes_to_come;
}

void FaultDriver::MeetAll() {
  while (nodes_.size() < outages_.node_count()) {
    Meet(outages_.node(NodeId(static_cast<uint32_t>(nodes_.size()))));
  }
}

int64_t FaultDriver::CrashFactor(const Node& node) const {
  const int64_t factor = mix_.nodes.crash_factor_unsynced;
  const bool is_likelier = factor > 1 && node.HasUnsyncedWrites();
  return (is_likelier ? factor : 1) * AimFactor(node);
}

int64_t FaultDriver::AimFactor(const Node& node) const {
  const int64_t factor = mix_.aim.factor;
  const bool is_aimed = factor > 1 && IsTarget(node, mix_.aim, outages_.now());
  return is_aimed ? factor : 1;
}

bool FaultDriver::IsScripted(const Node& node) const {
  using NodeOutage = FaultScript::NodeOutage;
  return script_.IsOn(node.id(), NodeOutage::kCrash) ||
         script_.IsOn(node.id(), NodeOutage::kPause);
}

template <typename Factor, typename Begin, typename End>
void FaultDriver::Tick(DrawnOutage& outage, const OutageOptions& options,
                       Factor factor, Begin begin, End end) {
  if (!outage.is_on && !IsOn(options)) return;
  const VirtualTime now = outages_.now();
  if (outage.is_on) {
    ++outages_on_;
    if (now < outage.end) return;
    --outages_on_;
    outage.is_on = false;
    outage.rest_end = now + options.rest;
    end();
    return;
  }
  if (now < outage.rest_end) return;
  // Nothing new begins when the work is done.
  if (outages_.scheduler().unfinished_tasks() == 0) return;
  const Duration length = outages_.decisions().DecideOutage(
      outage.stream, {tick_}, Scaled(options, factor()));
  if (length == Duration()) return;
  outage.is_on = true;
  outage.end = now + length;
  outage.length = length;
  ++outages_on_;
  begin();
}

void FaultDriver::TickNode(Node& node, DrawnOutages& drawn) {
  using NodeOutage = FaultScript::NodeOutage;
  if (IsScripted(node)) {
    // What was drawn is taken over.
    drawn.crash.is_on = false;
    drawn.pause.is_on = false;
  } else {
    TickRunning(node, drawn);
  }
  if (script_.IsOn(node.id(), NodeOutage::kSlow)) {
    drawn.slow.is_on = false;
    return;
  }
  Tick(
      drawn.slow, mix_.nodes.slow, [&] { return AimFactor(node); },
      [&] {
        outages_.SlowDown(node.id(), mix_.nodes.slow_delay, Origin::kDrawn);
      },
      [&] { outages_.SlowDown(node.id(), Duration(), Origin::kDrawn); });
}

void FaultDriver::Restart(Node& node, DrawnOutages& drawn) {
  drawn.restart_empty.Seek(tick_);
  if (outages_.losses().Allows(node.id()) &&
      outages_.decisions().DecideFault(drawn.restart_empty,
                                       mix_.nodes.restart_empty)) {
    node.RestartEmpty();
  } else {
    node.Restart();
  }
  DrawNextCrash(drawn);
}

// What keeps the node from running. The scenario may have restarted it or taken
// it down itself.
void FaultDriver::TickRunning(Node& node, DrawnOutages& drawn) {
  const bool is_down_by_chance = node.IsDownBy(Origin::kDrawn);
  if (!is_down_by_chance) drawn.crash.is_on = false;
  if (node.IsUp() || is_down_by_chance) {
    Tick(
        drawn.crash, mix_.nodes.crash, [&] { return CrashFactor(node); },
        [&] {
          node.Crash(Origin::kDrawn);
          CrashWith(node);
        },
        [&] { Restart(node, drawn); });
  }
  if (!node.IsUp()) {
    drawn.pause.is_on = false;
    return;
  }
  Tick(
      drawn.pause, mix_.nodes.pause, [&] { return AimFactor(node); },
      [&] { node.Pause(Origin::kDrawn); },
      [&] { node.Resume(Origin::kDrawn); });
}

void FaultDriver::TickClock(Node& node, DrawnOutages& drawn) {
  const ClockOptions& clocks = mix_.clocks;
  Tick(
      drawn.stop, clocks.stop, AsOften, [&] { node.StopClock(Origin::kDrawn); },
      [&] { node.StartClock(Origin::kDrawn); });
  if (!clocks.leap.IsZero()) LeapClock(node, drawn);
  if (clocks.jump.IsZero()) return;
  drawn.jump.Seek(tick_);
  drawn.jump_size.Seek(tick_);
  if (!outages_.decisions().DecideFault(drawn.jump, clocks.jump)) return;
  const int64_t most = clocks.jump_max.nanoseconds();
  const uint64_t word = outages_.decisions().DecideWord(drawn.jump_size);
  if (word == 0) return;  // Calm.
  node.JumpClock(Nanoseconds(UniformOfWord(word, -most, most)));
}

void FaultDriver::LeapClock(Node& node, DrawnOutages& drawn) {
  const ClockOptions& clocks = mix_.clocks;
  const auto most = static_cast<uint64_t>(clocks.leap_max.nanoseconds());
  drawn.leap.Seek(tick_);
  const uint64_t place =
      outages_.decisions().DecidePlace(drawn.leap, clocks.leap, 2 * most);
  if (place == 0) return;  // Calm.
  const bool is_back = place > most;
  const auto size = static_cast<int64_t>(is_back ? place - most : place);
  node.LeapClock(Nanoseconds(is_back ? -size : size));
}

void FaultDriver::TickZone(DrawnZone& zone) {
  const NodeFaultOptions& nodes = mix_.nodes;
  Tick(
      zone.crash, nodes.zone_crash, AsOften, [&] { CrashZone(zone); }, [] {});
  Tick(
      zone.pause, nodes.zone_pause, AsOften, [&] { PauseZone(zone); }, [] {});
}

void FaultDriver::TickLinks() {
  for (Link& link : outages_.links()) {
    if (link.clogged_until > outages_.now()) continue;
    const Duration length = outages_.decisions().DecideOutage(
        outages_.DecisionsOf(link).clog, {tick_}, link.options->clog);
    if (length > Duration()) outages_.Clog(link, length, Origin::kDrawn);
  }
}

void FaultDriver::TickConnections() {
  for (Link& link : outages_.links()) {
    const Probability reset = link.options->reset;
    if (reset.IsZero()) continue;
    DecisionStream& resets = outages_.DecisionsOf(link).reset;
    resets.Seek(tick_);
    if (!outages_.decisions().DecideFault(resets, reset)) continue;
    outages_.ResetConnection(link.from, link.to);
  }
}

void FaultDriver::TickFlaps() {
  for (Link& link : outages_.links()) {
    const OutageOptions& flap = link.options->flap;
    if (!IsOn(flap) || !IsOver(link.flapping_until, flap)) continue;
    const Duration length = outages_.decisions().DecideOutage(
        outages_.DecisionsOf(link).flap, {tick_}, flap);
    if (length > Duration()) outages_.Flap(link, length);
  }
}

void FaultDriver::TickMethods() {
  const OutageOptions& slow = mix_.network.slow_method;
  Decisions& decisions = outages_.decisions();
  for (uint32_t method = 0; method < outages_.methods().size(); ++method) {
    if (methods_.size() == method) {
      methods_.push_back(decisions.Open(outages_.methods().Name(method),
                                        Purpose::kSlowMethod));
    }
    if (!IsOver(outages_.SlowUntil(method), slow)) continue;
    const Duration length =
        decisions.DecideOutage(methods_[method], {tick_}, slow);
    if (length > Duration()) outages_.SlowMethod(method, length);
  }
}

// Whether one that ended, or ends, at `end` may be followed by the next one.
bool FaultDriver::IsOver(VirtualTime end, const OutageOptions& options) const {
  return end == VirtualTime() || end + options.rest <= outages_.now();
}

void FaultDriver::TickPartition() {
  const auto factor = [this] {
    const bool is_aimed = mix_.aim.factor > 1 && !Targets(outages_).empty();
    return is_aimed ? mix_.aim.factor : 1;
  };
  Tick(
      partition_outage_, mix_.partitions.outage, factor,
      [this] { BeginPartition(); }, [this] { EndPartition(); });
}

void FaultDriver::BeginPartition() {
  // By the tick, so that one partition less leaves the others their shapes.
  partition_shape_.Seek(tick_);
  PartitionShape shape(outages_);
  outages_.decisions().DecideInWords(partition_shape_, shape);
  partition_ = shape.Take();
  outages_.BeginPartition(*partition_);
}

void FaultDriver::EndPartition() {
  outages_.EndPartition(*partition_);
  partition_.reset();
  partition_outage_.is_on = false;
}

}  // namespace reprise
