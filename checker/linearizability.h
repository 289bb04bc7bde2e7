// Judges whether a history is linearizable: whether each operation can be given
// one instant between its invocation and its return so that, taken in that
// order, every answer is right (Herlihy and Wing, 1990).
//
// Guarantees: the same history and budget give the same verdict on every
// machine; "holds" and "violated" are never guesses; what a budget cut short is
// "undecided" and says where. Operations without an answer may have taken
// effect at any later time, or never.
//
//   Verdict verdict = CheckKeyValue(history, Budget());
//   if (verdict.outcome != Outcome::kHolds) ...

#ifndef REPRISE_CHECKER_LINEARIZABILITY_H_
#define REPRISE_CHECKER_LINEARIZABILITY_H_

#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// Judges a history of Get, Put, Append and Cas: each key is a store model of
// its own (key_value_model.h), which by locality is enough.
Verdict CheckKeyValue(const History& history, const Budget& budget);

// The same of a part of a history that was judged before, for an explanation:
// exact from the beginning, with hardly any plain search, and not counted among
// the operations that were judged.
Verdict CheckPart(const History& part, const Budget& budget);

// As CheckKeyValue(), on up to `threads` threads, key by key; the verdict is
// the same, with all its figures, unless it was stopped. Memory and, where the
// budget of all keys runs out, states that were visited may grow with the
// threads.
Verdict CheckKeyValueInParallel(const History& history, const Budget& budget,
                                int threads);

// The same with the order that was found: a linearization if it holds, key
// after key; else the longest explained part, as far as it was looked for.
// Pending operations that have no effect on it are left out.
struct Linearization {
  Verdict verdict;
  std::vector<OperationId> order;
};
Linearization Linearize(const History& history, const Budget& budget);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_LINEARIZABILITY_H_
