// The fewest values because of which a container is never empty meanwhile.
//
//   // An answer of "empty" at instants 10 to 20, which no instant allows:
//   std::vector<uint32_t> values = SmallestCover(lifetimes.values(), 10, 20);

#ifndef REPRISE_CHECKER_CONTAINERS_COVER_H_
#define REPRISE_CHECKER_CONTAINERS_COVER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/containers/lifetimes.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

// Values one of which is surely in at each instant from `first` to `last`, as
// few as possible. Requires that there are such values. O(n log n).
std::vector<uint32_t> SmallestCover(std::span<const Lifetime> values,
                                    EventIndex first, EventIndex last);

// The answer of "empty" among `lifetimes` that no instant allows, with values
// that forbid it, or nothing. `Free` are the instants at which no value is
// surely in.
class FreeInstants;
ContainerConflict FindWrongEmpty(const Lifetimes& lifetimes,
                                 FreeInstants* free);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_COVER_H_
