#include "reprise/sim/trace/span_text.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"

namespace reprise {

std::string SpanText(Duration span) {
  if (span.IsInfinite()) return "forever";
  const int64_t nanoseconds = span.nanoseconds();
  const char* sign = nanoseconds < 0 ? "-" : "";
  const uint64_t size = nanoseconds < 0
                            ? uint64_t{0} - static_cast<uint64_t>(nanoseconds)
                            : static_cast<uint64_t>(nanoseconds);
  if (0 < size && size < 1'000) return absl::StrCat(sign, size, " ns");
  const uint64_t microseconds = size / 1'000;
  if (microseconds < 10'000) return absl::StrCat(sign, microseconds, " us");
  const uint64_t milliseconds = microseconds / 1'000;
  if (milliseconds < 10'000) return absl::StrCat(sign, milliseconds, " ms");
  const uint64_t tenth = milliseconds / 100 % 10;
  const std::string fraction = tenth != 0 ? absl::StrCat(".", tenth) : "";
  return absl::StrCat(sign, milliseconds / 1'000, fraction, " s");
}

}  // namespace reprise
