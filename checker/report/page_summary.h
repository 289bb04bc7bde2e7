// The top of the page, as HTML: the verdict, its sentence, and the operations
// that contradict each other, readable without scripts and on paper.
//
//   page += "<header>" + PageSummaryHtml(content) + "</header>";

#ifndef REPRISE_CHECKER_REPORT_PAGE_SUMMARY_H_
#define REPRISE_CHECKER_REPORT_PAGE_SUMMARY_H_

#include <string>

#include "reprise/checker/report/page_content.h"
#include "reprise/checker/report/page_input.h"

namespace reprise::checker {

// What stands in the window's title: "run.jsonl · violated".
std::string PageTitleHtml(const PageInput& input);

std::string PageSummaryHtml(const PageContent& content);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_SUMMARY_H_
