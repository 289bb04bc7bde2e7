#include "reprise/sim/explore/shrink/trial_counts.h"

#include <set>

#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
TrialCounts CountsOf(const RecordedTrial& trial) {
  std::set<int> clients;
  for (const BegunOperation& operation : trial.operations) {
    clients.insert(operation.client);
  }
  TrialCounts counts{.clients = clients.size(),
                     .operations = trial.operations.size(),
                     .servers = trial.result.servers.size(),
                     .delays = trial.ordinary_delays,
                     .events = trial.result.events};
  if (trial.operations.empty()) counts.operations = trial.result.operations;
  uint64_t decisions = 0;
  for (const Decision& decision : trial.schedule) {
    if (!IsOfWorkload(decision) && !IsDetail(decision)) ++decisions;
  }
  counts.faults = decisions - counts.delays;
  return counts;
}

}  // namespace reprise
