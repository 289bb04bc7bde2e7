// Independent judges of what the checker claims about a key/value history. They
// share no algorithm with it: the oracle is the search of exhaustive_check.h
// over the store's specification (key_value_model.h), where no hash decides
// anything; a linearization is taken step by step.
//
// For small histories: the oracle's time may be exponential in the number of
// concurrent operations.
//
//   EXPECT_EQ(CheckKeyValue(history, Budget()).outcome == Outcome::kHolds,
//             IsLinearizable(history));

#ifndef REPRISE_CHECKER_TESTING_JUDGE_H_
#define REPRISE_CHECKER_TESTING_JUDGE_H_

#include <span>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// The oracle: whether some order explains each key of `history`. Stops the
// program where that cannot be decided within the usual budget.
bool IsLinearizable(const History& history);

// Whether `order` is a linearization of `history`, key by key: it contains
// every answered operation once, pending ones at most once, none before one
// that precedes it, and each answer is right.
bool IsLinearization(const History& history,
                     std::span<const OperationId> order);

// Whether no order explains `operations`, which are of one key, whatever the
// rest of the history is.
bool IsContradiction(const History& history,
                     std::span<const OperationId> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_JUDGE_H_
