// The shortest illegal prefix of a history.

#ifndef REPRISE_CHECKER_FIRST_ILLEGAL_H_
#define REPRISE_CHECKER_FIRST_ILLEGAL_H_

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// The operation whose response makes `history` illegal first. Requires a
// history of one key that CheckKeyValue finds violated with this budget.
// Replays it through the online checker, which finds the response at once where
// values identify their writes; else by bisection over the responses, as an
// illegal history stays so. A prefix that the budget leaves undecided is taken
// to be legal.
OperationId FirstIllegalResponse(const History& history, const Budget& budget);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FIRST_ILLEGAL_H_
