#include "reprise/text/json_string.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/text/utf8.h"

namespace reprise {
namespace {

constexpr uint32_t kReplacement = 0xfffd;
constexpr uint32_t kFirstOfPairs = 0x10000;

// "\u00e9".
void AppendUnit(uint32_t unit, std::string& json) {
  json += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    json += "0123456789abcdef"[unit >> shift & 0xf];
  }
}

void AppendCodePoint(uint32_t code_point, std::string& json) {
  if (code_point < kFirstOfPairs) {
    AppendUnit(code_point, json);
    return;
  }
  const uint32_t rest = code_point - kFirstOfPairs;
  AppendUnit(0xd800 + (rest >> 10), json);
  AppendUnit(0xdc00 + (rest & 0x3ff), json);
}

bool IsPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

void AppendJsonString(std::string_view text, std::string& json) {
  json += '"';
  while (!text.empty()) {
    if (IsPlain(text.front())) {
      json += text.front();
      text.remove_prefix(1);
      continue;
    }
    const size_t length = Utf8SequenceLength(text);
    AppendCodePoint(
        length == 0 ? kReplacement : DecodeUtf8(text.substr(0, length)), json);
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  json += '"';
}

}  // namespace reprise
