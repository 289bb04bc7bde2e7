// Samples of the distributions that DelayOptions describe.

#ifndef REPRISE_SIM_WORLD_DELAYS_H_
#define REPRISE_SIM_WORLD_DELAYS_H_

#include <algorithm>
#include <cstdint>

#include "reprise/sim/core/exponential.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

// The longest delay of the first hump: one beyond it is a fault.
inline Duration LongestOrdinary(const DelayOptions& options) {
  return std::max(options.calm,
                  options.maximum + options.extra_step * options.extra_steps);
}

// A sample of the second hump.
inline Duration LateDelayOfWord(uint64_t word, const DelayOptions& options) {
  const int64_t minimum = options.late_minimum.nanoseconds();
  int64_t maximum = options.late_maximum.nanoseconds();
  if (options.late_shape == LateShape::kNestedUniform) {
    maximum = UniformOfWord(word, minimum, maximum);
    word = MixBits(word);
  }
  return Nanoseconds(UniformOfWord(word, minimum, maximum));
}

// The delay that `word`, a uniform one, stands for.
[[gnu::always_inline]] inline Duration DelayOfWord(
    uint64_t word, const DelayOptions& options) {
  // What follows would compute the same; this is nearly every packet of most
  // networks.
  if (options.shape == DelayShape::kUniform && options.extra_steps == 0 &&
      options.late.IsZero()) {
    return Nanoseconds(UniformOfWord(word, options.minimum.nanoseconds(),
                                     options.maximum.nanoseconds()));
  }
  using Wide = unsigned __int128;
  if (!options.late.IsZero()) {
    const Wide product = static_cast<Wide>(word) * options.late.denominator;
    // What the choice leaves of the word is uniform again.
    word = static_cast<uint64_t>(product);
    if (static_cast<uint64_t>(product >> 64) < options.late.numerator) {
      return LateDelayOfWord(word, options);
    }
  }
  const Wide product = static_cast<Wide>(word) * (options.extra_steps + 1);
  const auto steps = static_cast<int64_t>(product >> 64);
  const auto rest = static_cast<uint64_t>(product);
  const int64_t minimum = options.minimum.nanoseconds();
  const int64_t maximum = options.maximum.nanoseconds();
  const int64_t base =
      options.shape == DelayShape::kUniform
          ? UniformOfWord(rest, minimum, maximum)
          : std::clamp(ExponentialOfWord(rest, options.mean.nanoseconds()),
                       minimum, maximum);
  return Nanoseconds(base + steps * options.extra_step.nanoseconds());
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DELAYS_H_
