// The order of operations that explains what clients saw, as far as there is
// one.

#ifndef CHECKER_REPORT_ORDER_H_
#define CHECKER_REPORT_ORDER_H_

#include <vector>

#include "checker/explain.h"
#include "checker/history.h"
#include "checker/verdict.h"

namespace reprise::checker {

// Key after key. Of a violated key, the order that explains everything up to
// the first illegal response; of an undecided one, the longest that was found.
// `explanation` is null unless the history is violated. Takes the time of two
// checks.
std::vector<OperationId> OrderFound(const History& history,
                                    const Explanation* explanation,
                                    const Budget& budget);

}  // namespace reprise::checker

#endif  // CHECKER_REPORT_ORDER_H_
