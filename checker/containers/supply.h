// Judges of a queue, stack or priority queue whether each value was put in as
// often as it was taken out, and before it was seen, whatever the order. Values
// may repeat.
//
// Guarantees: violated, or unsuitable: a history that has what it needs is for
// others to judge. O(n log n) for n operations.
//
//   std::vector<ContainerOperation> operations = {
//       {.call = 0, .ret = 1, .value = 7, .kind = ContainerKind::kInsert},
//       {.call = 2, .ret = 3, .value = 7, .kind = ContainerKind::kRemove},
//       {.call = 4, .ret = 5, .value = 7, .kind = ContainerKind::kRemove}};
//   CheckSupply(operations).contradiction;  // 0, 1, 2
//
// Of what was taken out until an instant as much must have been called to be
// put in until then: a client is answered after it was served, and served after
// the value came.

#ifndef REPRISE_CHECKER_CONTAINERS_SUPPLY_H_
#define REPRISE_CHECKER_CONTAINERS_SUPPLY_H_

#include <span>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

// Beside the kinds of container.h, kFound: the value was seen, and stayed.
ContainerVerdict CheckSupply(std::span<const ContainerOperation> operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_SUPPLY_H_
