#include "reprise/sim/core/time.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise {

std::string FormatTime(VirtualTime time) {
  if (time == VirtualTime::Infinite()) return "never";
  const int64_t microseconds = time.nanoseconds() / 1000;
  return absl::StrFormat("%d.%03d %03d s", microseconds / 1'000'000,
                         microseconds / 1000 % 1000, microseconds % 1000);
}

std::string FormatDuration(Duration duration) {
  if (duration.IsInfinite()) return "forever";
  const int64_t count = duration.nanoseconds();
  if (count % 1'000'000'000 == 0) {
    return absl::StrCat(count / 1'000'000'000, " s");
  }
  if (count % 1'000'000 == 0) return absl::StrCat(count / 1'000'000, " ms");
  if (count % 1'000 == 0) return absl::StrCat(count / 1'000, " us");
  return absl::StrCat(count, " ns");
}

}  // namespace reprise
