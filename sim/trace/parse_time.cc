#include "reprise/sim/trace/parse_time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "reprise/text/numbers.h"

namespace reprise {
namespace {

struct Unit {
  std::string_view name;
  int64_t nanoseconds;
};

// A name comes before those that it ends with.
constexpr Unit kUnits[] = {
    {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};

constexpr int64_t kMost = INT64_MAX / 2;

std::optional<int64_t> ParseIn(std::string_view number, int64_t unit) {
  if (number.empty() || number.front() == '.') return std::nullopt;
  int64_t sum = 0;
  int64_t worth = unit;  // Of the next digit behind the point.
  bool is_fraction = false;
  for (const char c : number) {
    if (c == '.' && !is_fraction) {
      is_fraction = true;
    } else if (!IsDigit(c)) {
      return std::nullopt;
    } else if (is_fraction) {
      worth /= 10;
      sum += (c - '0') * worth;
    } else {
      if (sum > kMost / 10 - unit) return std::nullopt;
      sum = sum * 10 + (c - '0') * unit;
    }
  }
  return IsDigit(number.back()) ? std::optional(sum) : std::nullopt;
}

}  // namespace

std::optional<VirtualTime> ParseTime(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.name)) continue;
    text.remove_suffix(unit.name.size());
    const std::optional<int64_t> count = ParseIn(text, unit.nanoseconds);
    if (!count) return std::nullopt;
    return VirtualTime::Nanoseconds(*count);
  }
  return std::nullopt;
}

}  // namespace reprise
