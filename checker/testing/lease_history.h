// Histories of a service of leases, as clients see it: leases expire unseen, so
// that one may be granted although nobody released it; whoever asks while it is
// held is refused; some calls are never answered.
//
//   ModelHistory<FencedLeaseModel> history =
//       SimulateLease({.operations = 440, .bug = LeaseBug::kGrantsTwice});

#ifndef REPRISE_CHECKER_TESTING_LEASE_HISTORY_H_
#define REPRISE_CHECKER_TESTING_LEASE_HISTORY_H_

#include <cstddef>
#include <cstdint>

#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/fenced_lease.h"

namespace reprise::checker {

enum class LeaseBug : uint8_t {
  kNone,
  // From the middle of the history on:
  kGrantsTwice,  // it gives the last token out again
  kTakesOld,     // it accepts the token of a lease that another has had since
};

// Shares are percentages.
struct LeaseHistoryOptions {
  size_t operations = 440;
  int clients = 8;
  int unanswered = 15;
  int expiry = 20;  // of the operations that find a lease held
  LeaseBug bug = LeaseBug::kNone;
  uint64_t seed = 1;
};

ModelHistory<FencedLeaseModel> SimulateLease(
    const LeaseHistoryOptions& options);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_LEASE_HISTORY_H_
