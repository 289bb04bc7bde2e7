// NodeClock: what a node's clocks say at an instant of the world's time.
//
// Guarantees: the monotonic clock runs at a rate of its own and never goes
// back; wall time also has an offset, which jumps. Integer arithmetic only.
//
//   NodeClock clock;
//   clock.SetDrift(200);
//   clock.Monotonic(world.now());

#ifndef REPRISE_SIM_WORLD_NODE_CLOCK_H_
#define REPRISE_SIM_WORLD_NODE_CLOCK_H_

#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise {

class NodeClock {
 public:
  // How much the clock gains, in microseconds a second; negative: loses.
  // Requires more than -1,000,000.
  void SetDrift(int64_t ppm) { drift_ppm_ = ppm; }
  // Moves wall time, forth or back.
  void MoveWallTime(Duration by) { offset_ += by; }

  VirtualTime Monotonic(VirtualTime world) const {
    if (drift_ppm_ == 0) return world;
    const auto scaled =
        static_cast<Wide>(world.nanoseconds()) * (kMillion + drift_ppm_);
    return VirtualTime::Nanoseconds(static_cast<int64_t>(scaled / kMillion));
  }

  // The first instant at which Monotonic() is `time` or later.
  VirtualTime WorldTime(VirtualTime time) const {
    if (drift_ppm_ == 0 || time == VirtualTime::Infinite()) return time;
    const int64_t rate = kMillion + drift_ppm_;
    const auto scaled = static_cast<Wide>(time.nanoseconds()) * kMillion;
    return VirtualTime::Nanoseconds(
        static_cast<int64_t>((scaled + rate - 1) / rate));
  }

  // Wall time starts at the given epoch on a clock without error.
  VirtualTime Wall(VirtualTime world) const {
    return kWallEpoch + Monotonic(world).since_start() + offset_;
  }

  // 2020-01-01 00:00:00 UTC, counted from 1970.
  static constexpr VirtualTime kWallEpoch = VirtualTime::Seconds(1'577'836'800);

 private:
  using Wide = __int128;
  static constexpr int64_t kMillion = 1'000'000;

  int64_t drift_ppm_ = 0;
  Duration offset_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NODE_CLOCK_H_
