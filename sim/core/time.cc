#include "reprise/sim/core/time.h"

#include <cstdint>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise {
namespace {

struct TimeUnit {
  uint64_t nanoseconds;
  const char* name;
};

constexpr TimeUnit kUnits[] = {
    {1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}};

uint64_t Magnitude(Duration duration) {
  const auto count = static_cast<uint64_t>(duration.nanoseconds());
  return duration < Duration() ? -count : count;
}

// The largest unit that keeps the value whole.
const TimeUnit& WholeUnit(uint64_t magnitude) {
  const TimeUnit* unit = std::begin(kUnits);
  while (magnitude % unit->nanoseconds != 0) ++unit;
  return *unit;
}

// The largest unit of which the value has one or more.
const TimeUnit& LargestUnit(uint64_t magnitude) {
  const TimeUnit* unit = std::begin(kUnits);
  while (magnitude < unit->nanoseconds && unit->nanoseconds > 1) ++unit;
  return *unit;
}

// Whether the value is read well as a whole number of its unit.
bool IsShort(uint64_t magnitude) {
  const TimeUnit& unit = WholeUnit(magnitude);
  return &unit == std::begin(kUnits) || magnitude / unit.nanoseconds < 10'000;
}

// "-1.25 s": without zeros at the end.
std::string FormatIn(const TimeUnit& unit, Duration duration,
                     uint64_t magnitude) {
  std::string text = absl::StrCat(duration < Duration() ? "-" : "",
                                  magnitude / unit.nanoseconds);
  uint64_t rest = magnitude % unit.nanoseconds;
  if (rest > 0) text += '.';
  for (uint64_t place = unit.nanoseconds / 10; rest > 0; place /= 10) {
    absl::StrAppend(&text, rest / place);
    rest %= place;
  }
  return absl::StrCat(text, " ", unit.name);
}

}  // namespace

std::string FormatTime(VirtualTime time) {
  if (time == VirtualTime::Infinite()) return "never";
  const int64_t microseconds = time.nanoseconds() / 1000;
  return absl::StrFormat("%d.%03d %03d s", microseconds / 1'000'000,
                         microseconds / 1000 % 1000, microseconds % 1000);
}

std::string FormatDuration(Duration duration) {
  if (duration.IsInfinite()) return "forever";
  const uint64_t magnitude = Magnitude(duration);
  return FormatIn(
      IsShort(magnitude) ? WholeUnit(magnitude) : LargestUnit(magnitude),
      duration, magnitude);
}

std::string FormatRoundedDuration(Duration duration) {
  const uint64_t magnitude = Magnitude(duration);
  if (duration.IsInfinite() || IsShort(magnitude)) {
    return FormatDuration(duration);
  }
  uint64_t step = LargestUnit(magnitude).nanoseconds;
  while (magnitude / step < 100 && step > 1) step /= 10;
  const uint64_t rounded = (magnitude + step / 2) / step * step;
  return FormatIn(LargestUnit(rounded), duration, rounded);
}

}  // namespace reprise
