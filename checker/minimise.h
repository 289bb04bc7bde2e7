// Leaves out of a contradiction what it does not need.

#ifndef REPRISE_CHECKER_MINIMISE_H_
#define REPRISE_CHECKER_MINIMISE_H_

#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// Operations that contradict each other even alone: out of `operations`, which
// do so together with the writes that they may have observed, and those writes.
// No further one can be left out. Requires operations of one key.
std::vector<Selected> Minimise(const History& history,
                               std::span<const OperationId> operations,
                               const Budget& budget);

// The ways to make `selected` smaller by one operation or one report without
// ever making a legal history illegal: what is left for each.
std::vector<std::vector<Selected>> SoundRemovals(
    const History& history, const std::vector<Selected>& selected);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MINIMISE_H_
