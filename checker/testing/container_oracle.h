// The oracle of containers: tries every order of the operations of a queue,
// stack, priority queue or set (exhaustive_check.h), by its model.
//
//   EXPECT_TRUE(IsLinearizable(ContainerType::kStack, operations));

#ifndef REPRISE_CHECKER_TESTING_CONTAINER_ORACLE_H_
#define REPRISE_CHECKER_TESTING_CONTAINER_ORACLE_H_

#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/testing/container_simulation.h"

namespace reprise::checker {

// For a few operations: takes time exponential in those that overlap. Stops the
// program where that does not suffice.
bool IsLinearizable(ContainerType type,
                    const std::vector<ContainerOperation>& operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_CONTAINER_ORACLE_H_
