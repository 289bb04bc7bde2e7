// Makes a contradiction of a stack's history small.
//
// Guarantees: what is returned contradicts itself, and takes two values if any
// two do. Otherwise the effort is bounded, and a contradiction of up to
// kFewValues values contains no smaller one.
//
//   std::vector<uint32_t> few =
//       SmallStackConflict(lifetimes.values(), peeling.Stuck());

#ifndef REPRISE_CHECKER_CONTAINERS_STACK_CONFLICT_H_
#define REPRISE_CHECKER_CONTAINERS_STACK_CONFLICT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/containers/lifetimes.h"

namespace reprise::checker {

inline constexpr size_t kFewValues = 64;

// Requires that `stuck` is a component of which nothing can be taken off
// (stack_peeling.h).
std::vector<uint32_t> SmallStackConflict(std::span<const Lifetime> values,
                                         std::vector<uint32_t> stuck);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_STACK_CONFLICT_H_
