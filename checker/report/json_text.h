// Text as a JSON string that may stand inside an HTML page.

#ifndef REPRISE_CHECKER_REPORT_JSON_TEXT_H_
#define REPRISE_CHECKER_REPORT_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace reprise::checker {

// Appends `text` in quotes. What would deceive a reader or is no UTF-8 becomes
// an escape in the text, as text/printable.h has it; "<" is escaped, so that
// nothing can end a script element.
void AppendJsonText(std::string_view text, std::string& json);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_JSON_TEXT_H_
