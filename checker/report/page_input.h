// What a page is made of: a history of any model, and what is known of it.
//
//   PageInput input = {.title = "run.jsonl", .history = source};
//   input.sentence = "There is an order that explains every answer.";

#ifndef REPRISE_CHECKER_REPORT_PAGE_INPUT_H_
#define REPRISE_CHECKER_REPORT_PAGE_INPUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

// The sentence of a history that holds.
inline constexpr char kHoldsSentence[] =
    "Linearizable: there is an order of the operations, each inside its "
    "interval, that explains every answer.";

// An operation of a contradiction.
struct PageConflict {
  OperationId id;
  bool answer_counts = true;  // false: contradicts whatever it answered
};

struct PageInput {
  std::string title;
  const PageSource& history;
  Outcome outcome = Outcome::kHolds;
  std::string sentence = "";
  // Of a violated history: operations of one partition, by id; the first
  // answer that no order explains; and whether nothing can be left out.
  std::vector<PageConflict> contradiction = {};
  std::optional<OperationId> first_illegal = {};
  bool is_minimal = true;
  // The one that was not decided.
  std::optional<PartitionId> undecided = {};
  // As far as one was found, partition after partition.
  std::vector<OperationId> order = {};
  // Of recorded times, such as "ns"; "": not known.
  std::string time_unit = "";
  size_t operations_max = 10'000;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_INPUT_H_
