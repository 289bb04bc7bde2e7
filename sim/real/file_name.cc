#include "reprise/sim/real/file_name.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reprise {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

bool IsEscaped(std::string_view name, size_t at) {
  const char c = name[at];
  return c == '%' || c == '\0' || (c == '.' && at == 0);
}

}  // namespace

std::string FileNameOf(std::string_view name) {
  std::string file_name;
  for (size_t i = 0; i < name.size(); ++i) {
    if (!IsEscaped(name, i)) {
      file_name += name[i];
      continue;
    }
    file_name += '%';
    file_name += kDigits[static_cast<unsigned char>(name[i]) / 16];
    file_name += kDigits[static_cast<unsigned char>(name[i]) % 16];
  }
  return file_name;
}

std::optional<std::string> NameOfFile(std::string_view file_name) {
  std::string name;
  for (size_t i = 0; i < file_name.size(); ++i) {
    if (file_name[i] != '%') {
      name += file_name[i];
      continue;
    }
    const std::string_view digits = file_name.substr(i + 1, 2);
    const size_t high =
        digits.size() == 2 ? kDigits.find(digits[0]) : kDigits.npos;
    const size_t low =
        digits.size() == 2 ? kDigits.find(digits[1]) : kDigits.npos;
    if (high == kDigits.npos || low == kDigits.npos) return std::nullopt;
    name += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (name.empty() || FileNameOf(name) != file_name) return std::nullopt;
  return name;
}

}  // namespace reprise
