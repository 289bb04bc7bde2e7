// Exponentially distributed durations without floating point.
//
// Guarantees: the same value for the same word on every platform, at most 2^-18
// of the mean from the exact one. The largest value is 44.4 times the mean.
//
//   Duration length = Nanoseconds(ExponentialOfWord(stream.Next(), mean));
//
// Inverse transform: -ln(u) * mean with u = (word + 1) / 2^64. The logarithm to
// base 2 is the position of the leading bit plus an interpolated table of its
// fraction, whose 257 entries are computed at compile time by repeated squaring
// (Knuth, TAOCP volume 1, section 1.2.2, exercise 25 describes the digits).

#ifndef REPRISE_SIM_CORE_EXPONENTIAL_H_
#define REPRISE_SIM_CORE_EXPONENTIAL_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace reprise {
namespace exponential_internal {

using Wide = unsigned __int128;

// log2(1 + index / 256) in units of 2^-32.
constexpr uint64_t FractionOfLog2(int index) {
  if (index == 256) return uint64_t{1} << 32;
  Wide value = (Wide{256} + index) << 54;  // In units of 2^-62; in [1, 2).
  uint64_t result = 0;
  for (int bit = 31; bit >= 0; --bit) {
    value = value * value >> 62;
    if (value >= Wide{2} << 62) {
      value >>= 1;
      result |= uint64_t{1} << bit;
    }
  }
  return result;
}

constexpr std::array<uint64_t, 257> MakeTable() {
  std::array<uint64_t, 257> table = {};
  for (int i = 0; i <= 256; ++i) table[i] = FractionOfLog2(i);
  return table;
}

inline constexpr std::array<uint64_t, 257> kFractions = MakeTable();

// log2(word) in units of 2^-32. Requires word > 0.
constexpr uint64_t Log2(uint64_t word) {
  const int leading = std::countl_zero(word);
  const uint64_t fraction = leading == 63 ? 0 : word << leading << 1;
  const auto index = static_cast<size_t>(fraction >> 56);
  const uint64_t rest = fraction >> 24 & 0xffffffff;
  const uint64_t low = kFractions[index];
  const uint64_t step = kFractions[index + 1] - low;
  return (static_cast<uint64_t>(63 - leading) << 32) + low +
         (step * rest >> 32);
}

}  // namespace exponential_internal

// A sample of the exponential distribution with this mean, rounded down.
// Requires 0 <= mean <= 2^56.
constexpr int64_t ExponentialOfWord(uint64_t word, int64_t mean) {
  using exponential_internal::Wide;
  constexpr uint64_t kLn2 = 2977044472;  // ln 2 in units of 2^-32.
  // word + 1 does not fit for the largest word, whose sample is 0 anyway.
  if (word == UINT64_MAX) return 0;
  const uint64_t exponent =
      (uint64_t{64} << 32) - exponential_internal::Log2(word + 1);
  const Wide scaled = static_cast<Wide>(mean) * exponent >> 32;
  return static_cast<int64_t>(scaled * kLn2 >> 32);
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_EXPONENTIAL_H_
