// How much happens in a recorded trial: what shrinking makes small.

#ifndef REPRISE_SIM_EXPLORE_SHRINK_TRIAL_COUNTS_H_
#define REPRISE_SIM_EXPLORE_SHRINK_TRIAL_COUNTS_H_

#include <cstdint>

#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

struct TrialCounts {
  uint64_t clients = 0;     // That began an operation.
  uint64_t operations = 0;  // Begun by them (Trial::Operations).
  uint64_t servers = 0;  // Nodes that a request or a one-way message came to.
  // Decisions other than ordinary delays: a delay longer than the longest
  // ordinary one is a fault. What only says more about another decision, such
  // as the shape of a partition, does not count.
  uint64_t faults = 0;
  uint64_t delays = 0;  // Ordinary ones that differ from calm.
  uint64_t events = 0;

  friend bool operator==(const TrialCounts&, const TrialCounts&) = default;
};

TrialCounts CountsOf(const RecordedTrial& trial);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_TRIAL_COUNTS_H_
