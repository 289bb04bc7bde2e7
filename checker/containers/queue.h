// Judges a history of a queue of distinct values, without a search.
//
// Let value a have its insert in [ec, er] and its remove in [dc, dr], cut as
// lifetimes.h says. Value a must be before b in the queue if er_a < ec_b or
// dr_a < dc_b. The history is linearizable if and only if no two values must be
// before each other, and each answer of "empty" has an instant at which no
// value is surely in. docs/CHECKER.md has the proof. For histories without
// "empty" this is the theorem of Henzinger, Sezgin and Vafeiadis
// ("Aspect-oriented linearizability proofs", 2013) on pairs of values.
//
// A pending remove can only help a value that nobody took and behind which
// another one was taken: it has to take that value before. Such values have
// deadlines, each pending remove serves one whose deadline is not before its
// call, and the earliest go together. With answers of "empty" beside them the
// choices are tried (judge_lifetimes.h).
//
// Time O(n log n), memory O(n).
//
//   ContainerVerdict verdict = CheckQueue(operations);

#ifndef REPRISE_CHECKER_CONTAINERS_QUEUE_H_
#define REPRISE_CHECKER_CONTAINERS_QUEUE_H_

#include <span>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

ContainerVerdict CheckQueue(std::span<const ContainerOperation> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_QUEUE_H_
