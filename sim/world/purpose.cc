#include "reprise/sim/world/purpose.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace reprise {
namespace {

constexpr uint64_t kLongest = std::numeric_limits<int64_t>::max();
constexpr uint64_t kFateMask = 0xff;  // See Decisions::DecideAmong.

bool IsNamed(const PurposeRow& row, std::string_view name) {
  if (!row.IsFamily()) return row.name == name;
  return name.starts_with(row.name) && name.size() > row.name.size();
}

}  // namespace

bool PurposeRow::Allows(uint64_t value) const {
  switch (unit) {
    case Unit::kYesNo:
      return value <= 1;
    case Unit::kDuration:
      return value <= kLongest;
    case Unit::kFate:
      return value == 0 ||
             ((value & kFateMask) >= 1 && (value & kFateMask) <= fates);
    case Unit::kPlace:
    case Unit::kWord:
    case Unit::kCuts:
      return true;
    case Unit::kCount:
      return value <= kLongest;
  }
  return false;
}

std::string PurposeRow::Expected() const {
  switch (unit) {
    case Unit::kYesNo:
      return "0 or 1";
    case Unit::kDuration:
      return absl::StrCat("nanoseconds from 0 to ", kLongest);
    case Unit::kFate:
      return absl::StrCat("0, or a number whose lowest 8 bits are 1 to ",
                          fates);
    case Unit::kPlace:
    case Unit::kWord:
    case Unit::kCount:
      return "a whole number";
    case Unit::kCuts:
      return "what is cut, such as \"{a b} | {c}\", \"{a} -/-> {b c}\" or "
             "\"nothing\", or a whole number to draw it with";
  }
  return "";
}

const PurposeRow* FindPurpose(std::string_view entity, std::string_view name) {
  const PurposeRow* found = nullptr;
  for (const PurposeRow& row : kPurposes) {
    if (!IsNamed(row, name)) continue;
    if (row.entity == entity) return &row;
    if (found == nullptr) found = &row;
  }
  return found;
}

}  // namespace reprise
