#include "reprise/checker/report/json_text.h"

#include "absl/strings/str_format.h"
#include "reprise/text/printable.h"

namespace reprise::checker {

void AppendJsonText(std::string_view text, std::string& json) {
  json.push_back('"');
  for (const char c : Printable(text)) {
    if (c == '"' || c == '\\' || c == '<') {
      absl::StrAppendFormat(&json, "\\u%04x", c);
    } else {
      json.push_back(c);
    }
  }
  json.push_back('"');
}

}  // namespace reprise::checker
