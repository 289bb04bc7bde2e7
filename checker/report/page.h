// One self-contained HTML page that shows a history of any model and its
// verdict: the operations that contradict each other as a list, a lane for each
// client, operations as intervals, the order that was found.
//
// Guarantees: the page loads nothing from anywhere; the verdict and the list
// can be read without scripts and on paper; it draws at most `operations_max`
// operations and says what it leaves out; long texts are cut where they say
// least; no text of the history can turn or hide other text. The same input
// gives the same page.
//
//   PageInput input = {.title = "run.jsonl", .history = source};
//   input.sentence = "There is an order that explains every answer.";
//   WriteWholeFile("run.html", HtmlPage(input));  // whole_file.h
//
// key_value_page.h and call_page.h make the input from a verdict.

#ifndef REPRISE_CHECKER_REPORT_PAGE_H_
#define REPRISE_CHECKER_REPORT_PAGE_H_

#include <string>

#include "reprise/checker/report/page_input.h"

namespace reprise::checker {

// Requires that the history is not empty.
std::string HtmlPage(const PageInput& input);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_H_
