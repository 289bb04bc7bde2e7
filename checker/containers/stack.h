// Judges a history of a stack of distinct values, without a search.
//
// A value is surely in after its push returned and before its pop was called. A
// value whose push and pop overlap is never surely in and can be left out: both
// may happen at one instant, whatever else the stack holds. At an instant at
// which nothing is surely in, the stack may as well be empty, so that what lies
// before and after it is judged apart. Where something is surely in all the
// time, one value must be at the bottom for as long: the history is
// linearizable if and only if some value was pushed before and popped after all
// that, and what is left without it is linearizable. So values are peeled off
// from the outside until nothing is left, or nothing can be peeled off. An
// answer of "empty" needs an instant at which, at first, nothing is surely in.
// docs/CHECKER.md has the proof.
//
// Lee and Mathur ("Efficient decrease-and-conquer linearizability monitoring",
// OOPSLA 2025) and Abdulla, Grahn, Jonsson, Krishna and Mishra ("Efficient
// linearizability monitoring", PLDI 2025) peel stacks in this way.
//
// Time O(n log n), memory O(n). With pending pops that must have taken
// something, choices are tried (judge_lifetimes.h). A contradiction of more
// than two values is made smaller with bounded effort.
//
//   ContainerVerdict verdict = CheckStack(operations);

#ifndef REPRISE_CHECKER_CONTAINERS_STACK_H_
#define REPRISE_CHECKER_CONTAINERS_STACK_H_

#include <span>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

ContainerVerdict CheckStack(std::span<const ContainerOperation> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_STACK_H_
