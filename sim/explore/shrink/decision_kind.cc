#include "reprise/sim/explore/shrink/decision_kind.h"

#include "reprise/sim/world/purpose.h"

namespace reprise {

bool IsOfWorkload(const Decision& decision) {
  const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
  return row != nullptr && row->purpose >= Purpose::kOperationLeftOut;
}

bool IsDetail(const Decision& decision) {
  const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
  return row != nullptr && (row->purpose == Purpose::kPartitionShape ||
                            row->purpose == Purpose::kClockJumpSize);
}

bool IsDelay(const Decision& decision) {
  return decision.purpose.ends_with("-delay");
}

}  // namespace reprise
