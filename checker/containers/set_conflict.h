// Makes a contradiction of a set's element small.
//
// Guarantees: what is returned contradicts itself. Questions and failed changes
// are left out where nothing depends on them. What happened before a moment at
// which no change was open is left out, but for one insert if the element was
// in at that moment. With changes open all the time what is left may be large.
// The effort is bounded.
//
//   std::vector<uint32_t> few = SmallSetConflict(operations, calls, wrong);

#ifndef REPRISE_CHECKER_CONTAINERS_SET_CONFLICT_H_
#define REPRISE_CHECKER_CONTAINERS_SET_CONFLICT_H_

#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

// `calls` are the places of the element's operations, by call, and `wrong` the
// first of them that cannot be explained (set_element.h).
std::vector<uint32_t> SmallSetConflict(
    std::span<const ContainerOperation> operations,
    std::span<const uint32_t> calls, uint32_t wrong);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_SET_CONFLICT_H_
