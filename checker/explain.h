// Why a history is not linearizable, made small enough to be understood.
//
// Linearizability is prefix-closed: there is a first response that no order
// explains. What came after it does not matter; of what came before, everything
// is left out without which the contradiction remains. Left out are only
// operations whose absence can never make a legal history illegal: reads,
// writes whose value no remaining operation may have observed, and reports of
// old values.
//
//   Explanation why = Explain(history, verdict, Budget());
//   std::cout << why.sentence << "\n" << why.timeline;

#ifndef REPRISE_CHECKER_EXPLAIN_H_
#define REPRISE_CHECKER_EXPLAIN_H_

#include <string>
#include <vector>

#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// Requires a verdict on `history` that is kViolated. Takes about twenty checks
// of the key, and one for each operation in the contradiction. They may visit
// an eighth of `budget.total_states` in all: what is known by then is the
// explanation.
Explanation Explain(const History& history, const Verdict& verdict,
                    const Budget& budget);

// The selected operations with their intervals (history/timeline.h).
std::string Timeline(const History& history,
                     const std::vector<Selected>& selected);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_EXPLAIN_H_
