#include "reprise/sim/explore/trial/echo.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

constexpr size_t kClippedMax = 16'000;  // bytes

bool BeginsCharacter(char c) { return (c & 0xC0) != 0x80; }

// The beginning and the end of `text`, at the borders of UTF-8 characters: two
// thirds and one third of `kept` bytes.
std::string WithoutMiddle(std::string_view text, size_t kept) {
  size_t head = kept / 3 * 2;
  size_t tail = text.size() - kept / 3;
  for (int i = 0; i < 3 && !BeginsCharacter(text[head]); ++i) --head;
  for (int i = 0; i < 3 && !BeginsCharacter(text[tail]); ++i) ++tail;
  return absl::StrCat(ToAbsl(text.substr(0, head)), "(...)",
                      ToAbsl(text.substr(tail)));
}

std::string Printable(std::string_view text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      absl::StrAppendFormat(&printable, "\\x%02x", byte);
    } else {
      printable += c;
    }
  }
  return printable;
}

}  // namespace

std::string Echo(std::string_view text) {
  if (text.size() <= kEchoedMax) return Printable(text);
  return absl::StrCat(Printable(WithoutMiddle(text, kEchoedMax)), " (",
                      text.size(), " bytes)");
}

std::string Clipped(std::string message) {
  if (message.size() <= kClippedMax) return message;
  return WithoutMiddle(message, kClippedMax);
}

}  // namespace reprise
