#include "reprise/checker/formats/line_error.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongest = 60;

}  // namespace

absl::Status LineError(uint64_t line, std::string_view message) {
  return absl::InvalidArgumentError(absl::StrCat(
      line, ": ", absl::string_view(message.data(), message.size())));
}

std::string Excerpt(std::string_view text) {
  const bool is_long = text.size() > kLongest;
  if (is_long) text = text.substr(0, kLongest);
  return absl::StrCat(
      "'", absl::CHexEscape(absl::string_view(text.data(), text.size())),
      is_long ? "...'" : "'");
}

}  // namespace reprise::checker
