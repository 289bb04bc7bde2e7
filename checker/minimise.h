// Leaves out of a contradiction what it does not need.

#ifndef REPRISE_CHECKER_MINIMISE_H_
#define REPRISE_CHECKER_MINIMISE_H_

#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/probe.h"

namespace reprise::checker {

struct Minimum {
  // Operations that contradict each other even alone.
  std::vector<Selected> operations;
  // Whether none of them, and none of their reports, can be left out. False if
  // the probe was spent or left something undecided.
  bool is_minimal = false;
};

// Leaves out of `operations`, and the writes that these may have observed, what
// it can: first halves, then smaller parts, then one by one. Requires that all
// of those together contradict each other, and that they are of one key.
//
// What cannot be left out now never can be later, so that the checks are about
// one for each operation that is kept, and a few for each that is not. The
// halving is that of Zeller and Hildebrandt ("Simplifying and isolating
// failure-inducing input", 2002).
Minimum Minimise(const History& history,
                 std::span<const OperationId> operations, Probe& probe);

// The ways to make `selected` smaller by one operation or one report without
// ever making a legal history illegal: what is left for each.
std::vector<std::vector<Selected>> SoundRemovals(
    const History& history, const std::vector<Selected>& selected);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MINIMISE_H_
