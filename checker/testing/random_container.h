// Small random histories of containers that cover what a checker can meet:
// pending operations, shared instants, repeated values, large numbers, wrong
// answers.
//
//   Random random(seed);
//   auto operations = RandomContainerHistory(ContainerType::kQueue, &random);

#ifndef REPRISE_CHECKER_TESTING_RANDOM_CONTAINER_H_
#define REPRISE_CHECKER_TESTING_RANDOM_CONTAINER_H_

#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/testing/container_simulation.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

// Up to 9 operations, mostly of 2 to 4 clients, in order of their calls: good
// ones, ones that were changed somewhere, and ones that are made up from the
// start.
std::vector<ContainerOperation> RandomContainerHistory(ContainerType type,
                                                       Random* random);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_RANDOM_CONTAINER_H_
