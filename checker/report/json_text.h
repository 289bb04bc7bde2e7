// Text as a JSON string that may stand inside an HTML page.

#ifndef CHECKER_REPORT_JSON_TEXT_H_
#define CHECKER_REPORT_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace reprise::checker {

// Appends `text` in quotes. Bytes that are not UTF-8 become \xNN in the text;
// "<" is escaped, so that nothing can end a script element.
void AppendJsonText(std::string_view text, std::string* json);

}  // namespace reprise::checker

#endif  // CHECKER_REPORT_JSON_TEXT_H_
