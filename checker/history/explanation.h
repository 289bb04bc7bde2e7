// Explanation: why a history is violated, small enough to be understood.

#ifndef REPRISE_CHECKER_HISTORY_EXPLANATION_H_
#define REPRISE_CHECKER_HISTORY_EXPLANATION_H_

#include <string>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"

namespace reprise::checker {

// The last line of the timeline of an explanation that is not minimal.
inline constexpr char kNotMinimal[] =
    "(more than need be: the explanation was cut short)\n";

struct Explanation {
  std::string sentence;
  // The first illegal response, and the event at which it came.
  OperationId first_illegal = 0;
  EventIndex event = 0;
  // Operations that contradict each other, even alone, by id. Of one whose
  // report is forgotten the answer does not matter.
  std::vector<Selected> operations;
  // The same as text, one line each, with their intervals. If the explanation
  // is not minimal, a last line says so.
  std::string timeline;
  // Whether none of the operations can be left out, and no response before
  // `event` is illegal. Else the budget was used up, or whoever waits stopped
  // it; the operations contradict each other all the same.
  bool is_minimal = true;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_EXPLANATION_H_
