#include "reprise/sim/explore/shrink/trial_counts.h"

#include <set>

#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

bool IsOfWorkload(Purpose purpose) {
  return purpose >= Purpose::kOperationLeftOut;
}

// Whether it says only how another decision is carried out.
bool IsDetail(Purpose purpose) {
  return purpose == Purpose::kPartitionShape ||
         purpose == Purpose::kClockJumpSize;
}

}  // namespace

TrialCounts CountsOf(const RecordedTrial& trial) {
  std::set<int> clients;
  for (const BegunOperation& operation : trial.operations) {
    clients.insert(operation.client);
  }
  TrialCounts counts{.clients = clients.size(),
                     .operations = trial.operations.size(),
                     .delays = trial.ordinary_delays,
                     .events = trial.result.events};
  if (trial.operations.empty()) counts.operations = trial.result.operations;
  uint64_t decisions = 0;
  for (const Decision& decision : trial.schedule) {
    const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
    const bool counts_not = row != nullptr && (IsOfWorkload(row->purpose) ||
                                               IsDetail(row->purpose));
    if (!counts_not) ++decisions;
  }
  counts.faults = decisions - counts.delays;
  return counts;
}

}  // namespace reprise
