#include "tests/scenarios/common/items.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

constexpr size_t kShownMax = 60;

// The two values from shortly before their first difference on.
std::string DescribeDifference(std::string_view value, std::string_view model) {
  const auto differ =
      std::mismatch(value.begin(), value.end(), model.begin(), model.end());
  const auto same = static_cast<size_t>(differ.first - value.begin());
  const size_t from = same > kShownMax / 2 ? same - kShownMax / 2 : 0;
  return absl::StrCat(value.size(), " bytes instead of ", model.size(),
                      ", from byte ", from, " on ",
                      Quote(value.substr(from), kShownMax), " instead of ",
                      Quote(model.substr(from), kShownMax));
}

}  // namespace

std::string Item(int client, int index) {
  return absl::StrCat("x ", client, " ", index, " y");
}

void ExpectItems(Trial& trial, std::string_view key, std::string_view value,
                 int client, int count) {
  size_t last = 0;
  for (int index = 0; index < count; ++index) {
    const std::string item = Item(client, index);
    const size_t found = value.find(item);
    if (found == std::string_view::npos) {
      return trial.Violate(
          "nothing-lost", absl::StrCat("item \"", item, "\" is missing in key ",
                                       Quote(key, kShownMax), "."));
    }
    if (value.find(item, found + 1) != std::string_view::npos) {
      return trial.Violate("exactly-once",
                           absl::StrCat("item \"", item, "\" is twice in key ",
                                        Quote(key, kShownMax), "."));
    }
    if (index > 0 && found < last) {
      return trial.Violate("append-order",
                           absl::StrCat("item \"", item, "\" comes before \"",
                                        Item(client, index - 1), "\" in key ",
                                        Quote(key, kShownMax), "."));
    }
    last = found;
  }
}

void ExpectModel(Trial& trial, std::string_view key, std::string_view value,
                 std::string_view model) {
  if (value == model) return;
  trial.ViolateAndStop("value-check",
                       absl::StrCat("key ", Quote(key, kShownMax),
                                    ", which one client alone writes, held ",
                                    DescribeDifference(value, model), "."));
}

void ExpectWithout(Trial& trial, std::string_view key,
                   std::string_view old_value, std::string_view item) {
  if (old_value.find(item) == std::string_view::npos) return;
  trial.ViolateAndStop("value-check",
                       absl::StrCat("the Append of \"", ToAbsl(item),
                                    "\" to key ", Quote(key, kShownMax),
                                    " found its own item in the old value."));
}

}  // namespace reprise
