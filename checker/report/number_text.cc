#include "reprise/checker/report/number_text.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace reprise::checker {

std::string NumberText(uint64_t number) {
  std::string text = absl::StrCat(number);
  for (size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string NumberText(int64_t number) {
  if (number >= 0) return NumberText(static_cast<uint64_t>(number));
  // Without a sign first: the least number has no positive counterpart.
  return "-" + NumberText(-static_cast<uint64_t>(number));
}

std::string CountText(uint64_t number, std::string_view noun) {
  return absl::StrCat(NumberText(number), " ", std::string(noun),
                      number == 1 ? "" : "s");
}

}  // namespace reprise::checker
