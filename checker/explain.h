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

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

struct Explanation {
  std::string sentence;
  // The first illegal response, and the event at which it came.
  OperationId first_illegal = 0;
  EventIndex event = 0;
  // Operations that contradict each other, even alone, by id.
  std::vector<Selected> operations;
  // The same as text, one line each, with their intervals. If the explanation
  // is not minimal, a last line says so.
  std::string timeline;
  // Whether none of the operations can be left out, and no response before
  // `event` is illegal. Else the budget was used up, or whoever waits stopped
  // it; the operations contradict each other all the same.
  bool is_minimal = true;
};

// Requires a verdict on `history` that is kViolated. Takes about twenty checks
// of the key, and one for each operation in the contradiction. They may visit
// `budget.total_states` in all: what is known by then is the explanation.
Explanation Explain(const History& history, const Verdict& verdict,
                    const Budget& budget);

// Intervals of the selected operations, one line each: |---| answered,
// |---> not answered.
std::string Timeline(const History& history,
                     const std::vector<Selected>& selected);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_EXPLAIN_H_
