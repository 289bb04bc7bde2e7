#include "reprise/sim/core/misuse.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"

namespace reprise {

std::string DescribeMisuse(std::string_view what, std::string_view advice) {
  return absl::StrCat("misuse: ", ToAbsl(what),
                      ".\n  what to do: ", ToAbsl(advice), ".");
}

void Misuse(std::string_view what, std::string_view advice) {
  Fatal(DescribeMisuse(what, advice));
}

}  // namespace reprise
