// The sources of the page (run.html, run.css, run_*.js, and what it shares with
// the page of a history), put into the program when it is built.

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_ASSETS_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_ASSETS_H_

#include <string_view>

namespace reprise {

extern const std::string_view kPageHtml;
extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_ASSETS_H_
