// Independent judges of what the checker claims. They share no algorithm with
// it: a linearization is replayed, and a contradiction is searched for an
// explanation without any hash.

#ifndef REPRISE_CHECKER_VALIDATE_H_
#define REPRISE_CHECKER_VALIDATE_H_

#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"

namespace reprise::checker {

// Whether `order` is a linearization of `history`, key by key: it holds every
// answered operation once, pending writes at most once, nothing before what
// precedes it, and each answer is right.
bool IsLinearization(const History& history,
                     std::span<const OperationId> order);

// `operations`, and beside them without their reports the writes whose values
// they may have observed. Leaving out the other operations, and those reports,
// never makes a legal history illegal.
std::vector<Selected> WithObserved(const History& history,
                                   std::span<const OperationId> operations);

// Whether no order explains `operations`, whatever the rest of the history is.
bool IsContradiction(const History& history,
                     std::span<const OperationId> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALIDATE_H_
