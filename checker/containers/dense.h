// Renumbers the instants and values of operations, so that tables can be
// indexed by them.
//
// Guarantees: order and equality of instants are kept, and so are those of
// values; both end up below DenseLimit(number of operations), kNever aside.
// What is dense already, as the history of one object is, is not copied.
//
//   std::vector<ContainerOperation> renumbered;
//   operations = Densify(operations, &renumbered);

#ifndef REPRISE_CHECKER_CONTAINERS_DENSE_H_
#define REPRISE_CHECKER_CONTAINERS_DENSE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

inline constexpr size_t DenseLimit(size_t operations) {
  return 4 * operations + 64;
}

// Stops the program if the operations are not as container.h requires. `room`
// holds what is returned if anything had to be renumbered.
std::span<const ContainerOperation> Densify(
    std::span<const ContainerOperation> operations,
    std::vector<ContainerOperation>* room);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_DENSE_H_
