#include "reprise/checker/report/json_text.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "reprise/text/printable.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {

void AppendJsonText(std::string_view text, std::string& json) {
  json.push_back('"');
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    const size_t length = Utf8SequenceLength(text);
    const std::string_view character =
        text.substr(0, std::max(size_t{1}, length));
    if (byte >= 0x80 && Printable(character) != character) {
      for (const char c : character) {
        absl::StrAppendFormat(&json, "\\\\x%02x",
                              static_cast<unsigned char>(c));
      }
    } else if (byte < 0x20 || byte == '"' || byte == '\\' || byte == '<') {
      absl::StrAppendFormat(&json, "\\u%04x", byte);
    } else {
      json.append(character);
    }
    text.remove_prefix(character.size());
  }
  json.push_back('"');
}

}  // namespace reprise::checker
