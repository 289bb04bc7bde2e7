#include "reprise/sim/world/packet_name.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

// Whether `text` is a number of type Number in its shortest form.
template <typename Number>
bool ReadNumber(absl::string_view text, Number& number) {
  uint64_t wide = 0;
  if (!absl::SimpleAtoi(text, &wide) || absl::StrCat(wide) != text ||
      wide > std::numeric_limits<Number>::max()) {
    return false;
  }
  number = static_cast<Number>(wide);
  return true;
}

bool ReadOperation(absl::string_view text, ServedOperation& operation) {
  if (text == "0") return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  uint32_t client = 0;
  uint32_t index = 0;
  if (parts.size() != 2 || !ReadNumber(parts[0], client) ||
      !ReadNumber(parts[1], index)) {
    return false;
  }
  operation = ServedOperation(client, index);
  return true;
}

}  // namespace

std::string FormatPacketName(const PacketName& name) {
  std::string text = absl::StrCat(ToAbsl(name.method), " ");
  if (name.operation.IsNone()) {
    text += "0";
  } else {
    absl::StrAppend(&text, name.operation.client(), ".",
                    name.operation.index());
  }
  absl::StrAppend(&text, " #", name.number);
  if (name.copy > 0 || name.reply_copy > 0) {
    absl::StrAppend(&text, ".", name.copy);
  }
  if (name.reply_copy > 0) absl::StrAppend(&text, ".", name.reply_copy);
  return text;
}

std::optional<PacketName> ParsePacketName(std::string_view text) {
  const size_t hash = text.rfind(" #");
  if (hash == std::string_view::npos) return std::nullopt;
  const size_t space = text.rfind(' ', hash - 1);
  if (hash == 0 || space == std::string_view::npos) return std::nullopt;
  PacketName name;
  name.method = text.substr(0, space);
  name.method_hash = HashName(name.method);
  const std::vector<absl::string_view> numbers =
      absl::StrSplit(ToAbsl(text.substr(hash + 2)), '.');
  if (numbers.size() > 3 || !ReadNumber(numbers[0], name.number) ||
      (numbers.size() > 1 && !ReadNumber(numbers[1], name.copy)) ||
      (numbers.size() > 2 && !ReadNumber(numbers[2], name.reply_copy)) ||
      !ReadOperation(ToAbsl(text.substr(space + 1, hash - space - 1)),
                     name.operation) ||
      FormatPacketName(name) != text) {
    return std::nullopt;
  }
  return name;
}

}  // namespace reprise
