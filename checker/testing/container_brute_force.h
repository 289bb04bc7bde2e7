// The definition of linearizability, written down for containers: tries every
// order of every choice of pending operations. For histories of a few
// operations, as the judge of the real algorithms.

#ifndef REPRISE_CHECKER_TESTING_CONTAINER_BRUTE_FORCE_H_
#define REPRISE_CHECKER_TESTING_CONTAINER_BRUTE_FORCE_H_

#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/testing/container_simulation.h"

namespace reprise::checker {

// Takes time exponential in the operations, of which there are at most 32.
bool IsLinearizableByBruteForce(
    ContainerType type, const std::vector<ContainerOperation>& operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_CONTAINER_BRUTE_FORCE_H_
