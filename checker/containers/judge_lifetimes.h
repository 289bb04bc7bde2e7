// Judges lifetimes with pending removes, of which nobody knows what they took.
// It is given a function that judges lifetimes without any.
//
// That pending removes never took effect is one possibility. What contradicts
// itself then does so in any case, unless one of the values in it that nobody
// is known to have taken was taken by a pending remove: each such choice is
// tried, and so on. That finds an answer if there is one. The choices may be
// many, so that their number is bounded; where it does not suffice the history
// is unsuitable. First, the values that are known to have been taken are looked
// at alone: what is left of a right order without the others is right.
//
//   return JudgeLifetimes(&lifetimes, FindConflict);

#ifndef REPRISE_CHECKER_CONTAINERS_JUDGE_LIFETIMES_H_
#define REPRISE_CHECKER_CONTAINERS_JUDGE_LIFETIMES_H_

#include "reprise/checker/containers/container.h"
#include "reprise/checker/containers/lifetimes.h"

namespace reprise::checker {

// Decides whether lifetimes contradict themselves if each value was taken by
// the remove that it has, by an assigned one at any instant after its call, or
// else never. Values are named with all of their operations.
using FindConflictFunction = ContainerConflict (*)(const Lifetimes& lifetimes);

// Requires that no value contradicts itself.
ContainerVerdict JudgeLifetimes(Lifetimes* lifetimes,
                                FindConflictFunction find);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_JUDGE_LIFETIMES_H_
