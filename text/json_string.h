// Text as a JSON string, for programs to read.
//
// Guarantees: a reader of JSON gets the same text back; bytes that are no UTF-8
// come back as U+FFFD. What is written is printable ASCII.
//
//   std::string json;
//   AppendJsonString("caf\u00e9\n", json);  // "caf\u00e9\u000a", in quotes

#ifndef REPRISE_TEXT_JSON_STRING_H_
#define REPRISE_TEXT_JSON_STRING_H_

#include <string>
#include <string_view>

namespace reprise {

// Appends `text` in quotes.
void AppendJsonString(std::string_view text, std::string& json);

}  // namespace reprise

#endif  // REPRISE_TEXT_JSON_STRING_H_
