#include "reprise/sim/explore/shrink/round_values.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace reprise {

namespace {

// Beyond it, one less is no simpler.
constexpr int64_t kCountable = 16;
// Beyond it, a trial may take so long that few are tried.
constexpr int64_t kQuick = 1 << 16;

}  // namespace

std::vector<int64_t> SmallerSizes(int64_t value) {
  std::vector<int64_t> sizes;
  for (int64_t power = 1; power < value; power *= 2) {
    sizes.push_back(power);
    const int64_t between = power + power / 2;
    const bool is_tried = power < kQuick || power > value / 2;
    if (is_tried && between > power && between < value) {
      sizes.push_back(between);
    }
    if (power > std::numeric_limits<int64_t>::max() / 2) break;
  }
  if (value > 1 && value <= kCountable && sizes.back() != value - 1) {
    sizes.push_back(value - 1);
  }
  return sizes;
}

std::vector<uint64_t> RoundDurations(uint64_t value) {
  constexpr uint64_t kLeast = 1000;
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max() / 20;
  std::vector<uint64_t> values;
  for (uint64_t power = kLeast; power < kMost; power *= 10) {
    for (const uint64_t factor : {1, 2, 5}) {
      const uint64_t round = factor * power;
      if (round == value) return values;
      values.push_back(round);
      if (round > value) return values;
    }
  }
  return values;
}

}  // namespace reprise
