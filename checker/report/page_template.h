// FilledTemplate: a text with parts in the place of marks.
//
//   FilledTemplate("<h1>@TITLE@</h1>", {{"@TITLE@", "@TITLE@ is none"}})
//   // <h1>@TITLE@ is none</h1>

#ifndef REPRISE_CHECKER_REPORT_PAGE_TEMPLATE_H_
#define REPRISE_CHECKER_REPORT_PAGE_TEMPLATE_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace reprise::checker {

struct TemplatePart {
  std::string_view mark;
  std::string_view content;
};

// `text` with each part in the place of its mark. Content that looks like a
// mark is none. Requires the parts in the order of their marks.
std::string FilledTemplate(std::string_view text,
                           std::initializer_list<TemplatePart> parts);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_TEMPLATE_H_
