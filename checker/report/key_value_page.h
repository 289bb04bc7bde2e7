// The page of a key/value history: what its verdict and explanation say, in the
// words of a store or of a register.
//
//   WriteWholeFile("violation.html", KeyValuePage({.title = "run.jsonl",
//                                                  .recorded = recorded,
//                                                  .verdict = verdict,
//                                                  .explanation = &why}));

#ifndef REPRISE_CHECKER_REPORT_KEY_VALUE_PAGE_H_
#define REPRISE_CHECKER_REPORT_KEY_VALUE_PAGE_H_

#include <cstddef>
#include <string>

#include "reprise/checker/explain.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

struct KeyValuePageInput {
  std::string title;
  const RecordedHistory& recorded;
  const Verdict& verdict;
  // Null unless violated.
  const Explanation* explanation = nullptr;
  // Read, write and nil instead of get, put and "".
  bool is_register = false;
  // For the order that the page shows; it takes the time of two checks.
  Budget budget = {};
  // Of the recorded times, such as "ns"; "": not known.
  std::string time_unit = "";
  size_t operations_max = 10'000;
};

// The page, as page.h has it. Requires that the history is not empty.
std::string KeyValuePage(const KeyValuePageInput& input);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_KEY_VALUE_PAGE_H_
