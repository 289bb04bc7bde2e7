// Judges a history of a priority queue of distinct values, without a search. A
// remove takes the smallest value.
//
// The history is linearizable if and only if each remove of a value has an
// instant at which no smaller value is surely in, and each answer of "empty"
// has one at which no value at all is: after the value's insert was called,
// from the remove's call to its return. A value is surely in after its insert
// returned and before its remove was called. docs/CHECKER.md has the proof;
// that the largest value can be judged apart from the others is from Lee and
// Mathur ("Efficient decrease-and-conquer linearizability monitoring", OOPSLA
// 2025).
//
// Time O(n log n), memory O(n). With pending removes that must have taken
// something, choices are tried (judge_lifetimes.h).
//
//   ContainerVerdict verdict = CheckPriorityQueue(operations);

#ifndef REPRISE_CHECKER_CONTAINERS_PRIORITY_QUEUE_H_
#define REPRISE_CHECKER_CONTAINERS_PRIORITY_QUEUE_H_

#include <span>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

ContainerVerdict CheckPriorityQueue(
    std::span<const ContainerOperation> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_PRIORITY_QUEUE_H_
