// WallClock: the time of day of a node, as it follows from its monotonic clock.
//
// Guarantees: while it runs, it is ahead of the monotonic clock by its offset.
// While it is stopped, it stands still, but for moves; then it says what it
// would have said.
//
//   WallClock wall(Seconds(1000));
//   wall.At(clock.Now());

#ifndef REPRISE_SIM_CORE_WALL_CLOCK_H_
#define REPRISE_SIM_CORE_WALL_CLOCK_H_

#include <algorithm>

#include "reprise/sim/core/time.h"

namespace reprise {

class WallClock {
 public:
  explicit constexpr WallClock(Duration offset = {}) : offset_(offset) {}

  Duration offset() const { return offset_; }
  void SetOffset(Duration offset) { offset_ = offset; }

  // Stands still from the instant `monotonic` on, until Start().
  void StopAt(VirtualTime monotonic) { stopped_at_ = monotonic; }
  void Start() { stopped_at_ = VirtualTime::Infinite(); }
  bool IsStopped() const { return stopped_at_ != VirtualTime::Infinite(); }

  // What it says when the monotonic clock says `monotonic`.
  VirtualTime At(VirtualTime monotonic) const {
    return std::min(monotonic, stopped_at_) + offset_;
  }

 private:
  Duration offset_;
  VirtualTime stopped_at_ = VirtualTime::Infinite();
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_WALL_CLOCK_H_
