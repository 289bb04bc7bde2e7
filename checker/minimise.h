// Leaves out of a contradiction what it does not need.

#ifndef REPRISE_CHECKER_MINIMISE_H_
#define REPRISE_CHECKER_MINIMISE_H_

#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

// A few operations that contradict each other even alone, none of which can be
// left out. They are chosen from `operations` and the writes that these may
// have observed. Requires that all of those together contradict each other, and
// that they are of one key.
std::vector<Selected> Minimise(const History& history,
                               std::span<const OperationId> operations,
                               const Budget& budget);

// The ways to make `selected` smaller by one operation or one report without
// ever making a legal history illegal: what is left for each.
std::vector<std::vector<Selected>> SoundRemovals(
    const History& history, const std::vector<Selected>& selected);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MINIMISE_H_
