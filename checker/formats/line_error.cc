#include "reprise/checker/formats/line_error.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongest = 60;

}  // namespace

absl::Status LineError(uint64_t line, std::string_view message) {
  return absl::InvalidArgumentError(absl::StrCat(
      line, ": ", absl::string_view(message.data(), message.size())));
}

absl::Status LineError(uint64_t line, const absl::Status& status) {
  return LineError(line, std::string(status.message()));
}

std::string Excerpt(std::string_view text) {
  const std::string_view shown = FirstCharacters(text, kLongest);
  return absl::StrCat("'", Escape(shown),
                      shown.size() < text.size() ? "...'" : "'");
}

}  // namespace reprise::checker
