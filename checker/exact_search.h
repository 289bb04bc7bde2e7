// Decides linearizability of one key's operations by trying their orders, with
// every configuration (set of operations taken, value) remembered whole: no
// hash decides anything. It is slow and simple; it confirms what the fast
// search (search.h) found, on few operations, and is what that is tested with.
//
// The search of Wing and Gong ("Testing and verifying concurrent objects",
// 1993) with the memory of Lowe ("Testing for linearizability", 2017).
//
//   ExactResult result = SearchExactly(history, ids, "", Budget());

#ifndef REPRISE_CHECKER_EXACT_SEARCH_H_
#define REPRISE_CHECKER_EXACT_SEARCH_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

struct ExactResult {
  Outcome outcome = Outcome::kHolds;
  // A linearization if it holds, else the longest order that was possible.
  // Pending operations may be missing.
  std::vector<OperationId> order;
  uint64_t states = 0;
};

// Requires that `ids` are operations of one key in order of invocation, and
// that no pending Get is among them.
ExactResult SearchExactly(const History& history,
                          std::span<const OperationId> ids,
                          std::string_view initial, const Budget& budget);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_EXACT_SEARCH_H_
