// Judges a history of a set, without a search. Elements may be put in and taken
// out any number of times; any operation may be pending.
//
// By locality each element is judged alone: it is in or not, a successful
// insert or remove (a change) turns that over, everything else says which of
// the two it saw. Changes are made as late as possible: when an operation
// returns that needs one. Of several that could be made, the one that returns
// first is made; those that are pending come last. The history is linearizable
// if and only if this never needs a change that is not open. docs/CHECKER.md
// has the proof.
//
// Time O(n log n), memory O(n).
//
//   ContainerVerdict verdict = CheckSet(operations);

#ifndef REPRISE_CHECKER_CONTAINERS_SET_H_
#define REPRISE_CHECKER_CONTAINERS_SET_H_

#include <span>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

ContainerVerdict CheckSet(std::span<const ContainerOperation> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_SET_H_
