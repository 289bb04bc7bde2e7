// The definition of linearizability, written down: tries every order of every
// choice of pending operations. For histories of a few operations, as the judge
// of the real algorithms.

#ifndef REPRISE_CHECKER_TESTING_BRUTE_FORCE_H_
#define REPRISE_CHECKER_TESTING_BRUTE_FORCE_H_

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// Whether each key of `history` is linearizable. Takes factorial time.
bool IsLinearizableByBruteForce(const History& history);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_BRUTE_FORCE_H_
