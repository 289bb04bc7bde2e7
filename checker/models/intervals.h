// Interval: when an operation was called and returned, as the checks without a
// search want it. They take operations that share an instant for concurrent
// ones, which is not true of those of one client.
//
//   if (HasOwnInstants(intervals)) return {};  // for the search

#ifndef REPRISE_CHECKER_MODELS_INTERVALS_H_
#define REPRISE_CHECKER_MODELS_INTERVALS_H_

#include <cstdint>
#include <span>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

struct Interval {
  int32_t client = 0;
  EventIndex call = 0;
  EventIndex ret = kNever;
};

// Whether a client calls at the instant of its own last return. The intervals
// are in the order of their calls. O(n), unless events share an instant.
bool HasOwnInstants(std::span<const Interval> intervals);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_INTERVALS_H_
