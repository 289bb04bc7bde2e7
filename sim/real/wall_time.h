// tidy: allow-file(wall-clock) it is the machine's
// WallTime: the time of day by the machine's clock.

#ifndef REPRISE_SIM_REAL_WALL_TIME_H_
#define REPRISE_SIM_REAL_WALL_TIME_H_

#include <chrono>

#include "reprise/sim/core/time.h"

namespace reprise {

// Counted from 1970. May jump, forth and back.
inline VirtualTime WallTimeNow() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return VirtualTime::Nanoseconds(
      std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_WALL_TIME_H_
