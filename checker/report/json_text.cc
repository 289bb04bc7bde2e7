#include "reprise/checker/report/json_text.h"

#include "absl/strings/str_format.h"
#include "reprise/checker/formats/utf8.h"

namespace reprise::checker {

void AppendJsonText(std::string_view text, std::string* json) {
  json->push_back('"');
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      absl::StrAppendFormat(json, "\\\\x%02x", byte);
    } else if (byte < 0x20 || byte == '"' || byte == '\\' || byte == '<') {
      absl::StrAppendFormat(json, "\\u%04x", byte);
    } else {
      json->append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  json->push_back('"');
}

}  // namespace reprise::checker
