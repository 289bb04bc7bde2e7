// The shortest illegal prefix of a history.

#ifndef REPRISE_CHECKER_FIRST_ILLEGAL_H_
#define REPRISE_CHECKER_FIRST_ILLEGAL_H_

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/probe.h"

namespace reprise::checker {

struct FirstIllegal {
  OperationId operation = 0;  // with whose response the prefix ends
  // Of that prefix: violated, or, if no prefix but the whole history was found
  // to be so, undecided.
  Verdict verdict;
  // Whether the prefix before that response was found legal.
  bool is_certain = false;
};

// The operation whose response makes `history` illegal first. Requires a
// history of one key that is violated.
//
// Replays it through the online checker, which finds the response at once where
// values identify their writes; else by bisection over the responses, as an
// illegal history stays so. A prefix that is left undecided is taken to be
// legal: the response that is found then is an illegal one, but perhaps not the
// first.
FirstIllegal FirstIllegalResponse(const History& history, Probe& probe);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FIRST_ILLEGAL_H_
