// Who crashes and pauses when, beyond the outages of single nodes.

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_driver.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

// Opens the streams of a node that the world has got since the last tick.
void FaultDriver::Meet(Node& node) {
  Decisions& decisions = outages_.decisions();
  DrawnOutages drawn;
  drawn.crash.stream = decisions.Open(node.name(), Purpose::kCrash);
  drawn.crash_together = decisions.Open(node.name(), Purpose::kCrashTogether);
  drawn.crash_again = decisions.Open(node.name(), Purpose::kCrashAgain);
  drawn.next_crash = std::make_unique<CrashInRecovery>();
  drawn.next_crash->driver = this;
  drawn.next_crash->node = &node;
  drawn.restart_empty = decisions.Open(node.name(), Purpose::kRestartEmpty);
  drawn.pause.stream = decisions.Open(node.name(), Purpose::kPause);
  drawn.slow.stream = decisions.Open(node.name(), Purpose::kSlow);
  drawn.jump = decisions.Open(node.name(), Purpose::kClockJump);
  drawn.jump_size = decisions.Open(node.name(), Purpose::kClockJumpSize);
  drawn.leap = decisions.Open(node.name(), Purpose::kClockLeap);
  drawn.stop.stream = decisions.Open(node.name(), Purpose::kClockStop);
  nodes_.push_back(std::move(drawn));
  if (!node.zone().empty()) ZoneNamed(node.zone()).nodes.push_back(node.id());
}

FaultDriver::DrawnZone& FaultDriver::ZoneNamed(std::string_view name) {
  for (DrawnZone& zone : zones_) {
    if (zone.name == name) return zone;
  }
  Decisions& decisions = outages_.decisions();
  DrawnZone zone;
  zone.name = name;
  zone.crash.stream = decisions.Open(name, Purpose::kZoneCrash);
  zone.pause.stream = decisions.Open(name, Purpose::kZonePause);
  zones_.push_back(std::move(zone));
  return zones_.back();
}

bool FaultDriver::MayCrash(const Node& node) {
  if (has_ended_ || !node.IsUp() || !node.HasProgram()) return false;
  if (IsScripted(node)) return false;
  MeetAll();
  return outages_.now() >= nodes_[node.id().value()].crash.rest_end;
}

void FaultDriver::Crash(Node& node, Duration length) {
  BeginCrash(node, length);
  CrashWith(node);
  Start();
}

void FaultDriver::BeginCrash(Node& node, Duration length) {
  DrawnOutage& crash = nodes_[node.id().value()].crash;
  crash.is_on = true;
  crash.end = outages_.now() + length;
  crash.length = length;
  node.Crash(Origin::kDrawn);
}

void FaultDriver::CrashWith(const Node& first) {
  const NodeFaultOptions& options = mix_.nodes;
  if (options.crash_together.IsZero()) return;
  const OutageOptions crash = {.start = options.crash_together,
                               .minimum = options.crash.minimum,
                               .mean = options.crash.mean};
  for (uint32_t i = 0; i < nodes_.size(); ++i) {
    Node& other = outages_.node(NodeId(i));
    DecisionStream& stream = nodes_[i].crash_together;
    // Once a tick, or one crash less would give its answers to another.
    if (stream.next_index() > tick_) continue;
    if (&other == &first || !MayCrash(other)) continue;
    const Duration length =
        outages_.decisions().DecideOutage(stream, {tick_}, crash);
    stream.Seek(tick_ + 1);
    if (length == Duration()) continue;
    ++outages_.fault_counts()[Fault::kCrashTogether];
    BeginCrash(other, length);
  }
}

void FaultDriver::DrawNextCrash(DrawnOutages& drawn) {
  const NodeFaultOptions& options = mix_.nodes;
  CrashInRecovery& next = *drawn.next_crash;
  if (options.crash_again.IsZero() || next.IsScheduled()) return;
  drawn.crash_again.Seek(tick_);
  const auto within =
      static_cast<uint64_t>(options.crash_again_within.nanoseconds());
  const uint64_t after = outages_.decisions().DecidePlace(
      drawn.crash_again, options.crash_again, within);
  if (after == 0) return;
  next.length = drawn.crash.length;
  outages_.scheduler().Schedule(
      next, outages_.now() + Nanoseconds(static_cast<int64_t>(after)));
}

void FaultDriver::CrashInTheMidst(CrashInRecovery& next) {
  Node& node = *next.node;
  if (has_ended_ || !node.IsUp() || !node.HasProgram()) return;
  if (IsScripted(node)) return;
  // Nothing new begins when the work is done.
  if (outages_.scheduler().unfinished_tasks() == 0) return;
  ++outages_.fault_counts()[Fault::kCrashAgain];
  BeginCrash(node, next.length);
  Start();
}

void FaultDriver::CrashZone(DrawnZone& zone) {
  ++outages_.fault_counts()[Fault::kZoneCrash];
  outages_.RecordZone(EventKind::kZoneCrashed, zone.name);
  bool has_struck = false;
  for (const NodeId id : zone.nodes) {
    Node& node = outages_.node(id);
    if (!MayCrash(node)) continue;
    BeginCrash(node, zone.crash.length);
    has_struck = true;
  }
  if (has_struck) outages_.fault_counts().Strike(Fault::kZoneCrash);
}

void FaultDriver::PauseZone(DrawnZone& zone) {
  ++outages_.fault_counts()[Fault::kZonePause];
  outages_.RecordZone(EventKind::kZonePaused, zone.name);
  bool has_struck = false;
  for (const NodeId id : zone.nodes) {
    Node& node = outages_.node(id);
    if (!MayPause(node)) continue;
    DrawnOutage& pause = nodes_[id.value()].pause;
    pause.is_on = true;
    pause.end = zone.pause.end;
    node.Pause(Origin::kDrawn);
    has_struck = true;
  }
  if (has_struck) outages_.fault_counts().Strike(Fault::kZonePause);
}

bool FaultDriver::MayPause(const Node& node) const {
  if (!node.IsUp() || !node.HasProgram() || IsScripted(node)) return false;
  const DrawnOutage& pause = nodes_[node.id().value()].pause;
  return !pause.is_on && outages_.now() >= pause.rest_end;
}

}  // namespace reprise
