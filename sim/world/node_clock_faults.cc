// What befalls the time of day of a node.

#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

void Node::JumpClock(Duration by) {
  if (!world_.IsOpen("Node::JumpClock()")) return;
  ++world_.fault_counts[Fault::kClockJump];
  MoveClock(by);
}

void Node::LeapClock(Duration error) {
  if (!world_.IsOpen("Node::LeapClock()")) return;
  ++world_.fault_counts[Fault::kClockLeap];
  MoveClock(error - leap_);
  leap_ = error;
}

void Node::MoveClock(Duration by) {
  const FrameworkMemoryScope scope;
  Record(EventKind::kClockJumped, static_cast<uint64_t>(by.nanoseconds()));
  clock_.MoveWallTime(by);
}

void Node::StopClock(Origin by) {
  if (!world_.IsOpen("Node::StopClock()")) return;
  const FrameworkMemoryScope scope;
  clock_stopped_by_.Add(by);
  if (clock_.wall().IsStopped()) return;
  ++world_.fault_counts[Fault::kClockStop];
  Record(EventKind::kClockStopped, 0);
  clock_.StopWallTime(world_.now());
}

void Node::StartClock(Origin by) {
  if (!world_.IsOpen("Node::StartClock()")) return;
  const FrameworkMemoryScope scope;
  clock_stopped_by_.Remove(by);
  if (!clock_.wall().IsStopped() || !clock_stopped_by_.empty()) return;
  Record(EventKind::kClockWentOn, 0);
  clock_.StartWallTime();
}

}  // namespace reprise
