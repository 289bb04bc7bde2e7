// One self-contained HTML page that shows a history and its verdict: a lane for
// each client, operations as intervals, the order that was found, and the
// operations that contradict each other.
//
// Guarantees: the page loads nothing from anywhere; it shows at most
// `operations_max` operations and says what it leaves out; long values are cut
// in the middle and say how long they are.
//
//   std::ofstream("violation.html") << HtmlPage({.title = "run.jsonl",
//                                                .recorded = recorded,
//                                                .verdict = verdict,
//                                                .explanation = &why});

#ifndef REPRISE_CHECKER_REPORT_PAGE_H_
#define REPRISE_CHECKER_REPORT_PAGE_H_

#include <cstddef>
#include <string>

#include "reprise/checker/explain.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

struct PageInput {
  std::string title;
  const RecordedHistory& recorded;
  const Verdict& verdict;
  // Null unless violated.
  const Explanation* explanation = nullptr;
  // Read, write and nil instead of get, put and "".
  bool is_register = false;
  Budget budget = {};
  size_t operations_max = 10'000;
};

// Requires that the history is not empty.
std::string HtmlPage(const PageInput& input);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_H_
