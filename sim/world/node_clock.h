// NodeClock: what a node's clocks say at an instant of the world's time.
//
// Guarantees: the monotonic clock runs at a rate of its own and never goes
// back; wall time also has an offset, which jumps, and may stop. Integer
// arithmetic only.
//
//   NodeClock clock;
//   clock.SetDrift(200);
//   clock.Monotonic(world.now());

#ifndef REPRISE_SIM_WORLD_NODE_CLOCK_H_
#define REPRISE_SIM_WORLD_NODE_CLOCK_H_

#include <cstdint>

#include "reprise/sim/core/clock_rate.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wall_clock.h"

namespace reprise {

class NodeClock {
 public:
  // See ClockRate.
  void SetDrift(int64_t ppm) { rate_.SetDrift(ppm); }
  // Moves wall time, forth or back.
  void MoveWallTime(Duration by) { wall_.SetOffset(wall_.offset() + by); }
  // Wall time stands still until StartWallTime(). Then it is what it would have
  // been.
  void StopWallTime(VirtualTime world) { wall_.StopAt(Monotonic(world)); }
  void StartWallTime() { wall_.Start(); }

  const ClockRate& rate() const { return rate_; }
  // What Wall() follows from.
  const WallClock& wall() const { return wall_; }

  VirtualTime Monotonic(VirtualTime world) const {
    return rate_.LocalTime(world);
  }

  // The first instant at which Monotonic() is `time` or later.
  VirtualTime WorldTime(VirtualTime time) const {
    return rate_.WorldTime(time);
  }

  // On a clock without error, wall time starts at kWallEpoch.
  VirtualTime Wall(VirtualTime world) const {
    return wall_.At(Monotonic(world));
  }

  // 2020-01-01 00:00:00 UTC, counted from 1970.
  static constexpr VirtualTime kWallEpoch = VirtualTime::Seconds(1'577'836'800);

 private:
  ClockRate rate_;
  WallClock wall_{kWallEpoch.since_start()};
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NODE_CLOCK_H_
