// Which operation is before which. Whatever judges an order uses this one
// function.

#ifndef REPRISE_CHECKER_HISTORY_PRECEDENCE_H_
#define REPRISE_CHECKER_HISTORY_PRECEDENCE_H_

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// Whether `a` returned before `b` was invoked. Events that share an instant
// (History::JoinInstant) are concurrent, except that a client which calls at
// the instant of its own last return keeps its order.
inline bool Precedes(const History& history, OperationId a, OperationId b) {
  const Operation& first = history[a];
  const Operation& second = history[b];
  if (first.ret < second.call) return true;
  return first.ret == second.call && first.client == second.client && a < b &&
         !first.IsPending();
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_PRECEDENCE_H_
