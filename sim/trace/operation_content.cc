#include "reprise/sim/trace/operation_content.h"

#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace reprise {

std::string JoinOperation(std::string_view key, std::string_view value) {
  return absl::StrCat(key.size(), ":",
                      absl::string_view(key.data(), key.size()),
                      absl::string_view(value.data(), value.size()));
}

OperationContent SplitOperation(std::string_view content) {
  const size_t colon = content.find(':');
  size_t key_size = 0;
  if (colon == std::string_view::npos ||
      !absl::SimpleAtoi(absl::string_view(content.data(), colon), &key_size) ||
      key_size > content.size() - colon - 1) {
    return {.key = {}, .value = content};
  }
  const std::string_view rest = content.substr(colon + 1);
  return {.key = rest.substr(0, key_size), .value = rest.substr(key_size)};
}

}  // namespace reprise
