// The sources of the page (page.html, page.css, page_*.js), put into the
// program when it is built.

#ifndef REPRISE_CHECKER_REPORT_PAGE_ASSETS_H_
#define REPRISE_CHECKER_REPORT_PAGE_ASSETS_H_

#include <string_view>

namespace reprise::checker {

extern const std::string_view kPageHtml;
extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_ASSETS_H_
