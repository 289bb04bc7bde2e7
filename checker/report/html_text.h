// Text as a part of an HTML page.
//
//   AppendHtmlText("<b> \"\u202e\"", html);
//   // &lt;b> <bdi dir="ltr">&quot;\xe2\x80\xae&quot;</bdi>

#ifndef REPRISE_CHECKER_REPORT_HTML_TEXT_H_
#define REPRISE_CHECKER_REPORT_HTML_TEXT_H_

#include <string>
#include <string_view>

namespace reprise::checker {

// Appends `text` so that it is nothing but text there. What would deceive a
// reader becomes an escape, as text/printable.h has it. Whatever stands between
// quotation marks is an element of its own, so that letters which are written
// from right to left turn nothing around them.
void AppendHtmlText(std::string_view text, std::string& html);

// The same without elements, for titles and attributes: marks of isolation take
// their place.
void AppendPlainHtmlText(std::string_view text, std::string& html);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_HTML_TEXT_H_
