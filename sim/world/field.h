// Field: a field of a fault mix, as its visitors see it (fault_fields.h).

#ifndef REPRISE_SIM_WORLD_FIELD_H_
#define REPRISE_SIM_WORLD_FIELD_H_

#include <cstdint>
#include <limits>
#include <string_view>

namespace reprise {

struct Field {
  std::string_view name;
  // In the printed mix, with "$0" for the value; "": it is not said. Nor is a
  // value that is off: a zero, the least count, an infinite duration.
  std::string_view words = {};
};

// The durations that a field may hold.
enum class DurationRange {
  kFinite,    // 0 or more.
  kMean,      // As the exponential distribution can be drawn.
  kPositive,  // Or infinite.
  kPositiveFinite,
};

inline constexpr int64_t kAnyCount = 1'000'000'000'000;
inline constexpr int64_t kNoMost = std::numeric_limits<int64_t>::max();

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FIELD_H_
