// DelayOptions: how long something takes that does not always take as long. One
// of the options of a fault mix (faults.h).

#ifndef REPRISE_SIM_WORLD_DELAY_OPTIONS_H_
#define REPRISE_SIM_WORLD_DELAY_OPTIONS_H_

#include <cstdint>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise {

enum class DelayShape {
  kUniform,      // minimum + U{0..maximum - minimum}
  kExponential,  // max(minimum, Exp(mean)), and no more than maximum
};

// How the delays of late packets are distributed.
enum class LateShape {
  kUniform,
  // late_minimum + U{0..X} with X = U{0..late_maximum - late_minimum}.
  kNestedUniform,
};

// How long something takes, such as a packet's way or a disk's operation: to
// the nanosecond, plus extra_step * U{0..extra_steps}. `calm` is the delay
// where nothing goes wrong.
struct DelayOptions {
  Duration calm = Microseconds(50);
  DelayShape shape = DelayShape::kUniform;
  Duration minimum = Microseconds(50);
  Duration maximum = Microseconds(50);
  Duration mean = {};  // Of the exponential shape.
  Duration extra_step = {};
  int64_t extra_steps = 0;
  // With probability `late`, the delay is from this second hump instead.
  Probability late = {};
  Duration late_minimum = {};
  Duration late_maximum = {};
  LateShape late_shape = LateShape::kUniform;

  friend bool operator==(const DelayOptions&, const DelayOptions&) = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DELAY_OPTIONS_H_
