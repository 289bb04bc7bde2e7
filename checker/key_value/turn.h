// A search is run turn by turn, so that two can share a budget.

#ifndef REPRISE_CHECKER_KEY_VALUE_TURN_H_
#define REPRISE_CHECKER_KEY_VALUE_TURN_H_

#include <cstdint>

namespace reprise::checker {

// One turn of a search that is run bit by bit. It ends when the search has an
// answer, or at the first of these limits.
struct Turn {
  uint64_t steps = UINT64_MAX;   // looks at an operation: about equal times
  uint64_t states = UINT64_MAX;  // configurations visited
  uint64_t bytes = UINT64_MAX;   // memory held
};

enum class Progress : uint8_t {
  kRunning,  // a limit was reached
  kHolds,
  kViolated,
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_TURN_H_
