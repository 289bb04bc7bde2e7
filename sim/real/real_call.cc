#include "reprise/sim/real/real_call.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"

namespace reprise {

RealCall::~RealCall() { Cancel(); }

void RealCall::EndAt(VirtualTime deadline) {
  if (deadline == VirtualTime::Infinite()) return;
  scheduler_.Schedule(*this, std::max(deadline, scheduler_.now()));
}

void RealCall::EndAs(absl::StatusOr<Bytes> result) {
  if (end_number_ > 0) return;
  if (IsScheduled()) scheduler_.Cancel(*this);
  result_ = std::move(result);
  end_number_ = ++ends_;
  WakeWaiter();
}

void RealCall::Cancel() {
  EndWithout(absl::CancelledError("the call was cancelled"));
}

void RealCall::Fire() {
  EndWithout(absl::DeadlineExceededError("no reply in time"));
}

void RealCall::EndWithout(absl::Status reply) {
  if (end_number_ > 0) return;
  owner_.Drop(*this);
  EndAs(std::move(reply));
}

}  // namespace reprise
