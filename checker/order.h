// The order of operations that explains what clients saw, as far as there is
// one.

#ifndef REPRISE_CHECKER_ORDER_H_
#define REPRISE_CHECKER_ORDER_H_

#include <vector>

#include "reprise/checker/explain.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// Key after key. Of a violated key, the order that explains everything up to
// the first illegal response; of an undecided one, the longest that was found.
// `explanation` is null unless the history is violated. Takes the time of two
// checks.
std::vector<OperationId> OrderFound(const History& history,
                                    const Explanation* explanation,
                                    const Budget& budget);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_ORDER_H_
