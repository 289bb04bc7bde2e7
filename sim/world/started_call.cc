#include "reprise/sim/world/started_call.h"

#include <utility>

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/packet.h"

namespace reprise {

StartedCall::StartedCall(NetworkState& state, CallTable& calls, Link& link,
                         uint32_t method)
    : state_(state), calls_(calls), link_(link), method_(method) {
  pending_.emplace(calls, link, /*task=*/nullptr, this);
}

std::string_view StartedCall::method() const {
  return state_.methods.Name(method_);
}

void StartedCall::FailAt(VirtualTime deadline) {
  if (deadline == VirtualTime::Infinite()) return;
  state_.scheduler.Schedule(*this, deadline);
}

void StartedCall::OnAnswer() {
  Packet& answer = *pending_->answer;
  if (answer.status.ok()) {
    End(std::move(answer.payload));
  } else {
    Fail(std::move(answer.status));
  }
}

void StartedCall::Abandon() { End(absl::CancelledError("the node stopped")); }

// Nothing that happens outside of the tasks of a world shows in its trace.
void StartedCall::Cancel() {
  if (!pending_.has_value()) return;
  const FrameworkMemoryScope scope;
  absl::Status status = absl::CancelledError("the call was cancelled");
  const Task* task = CurrentContext().task;
  if (task != nullptr && !task->IsUnwinding()) {
    Fail(std::move(status));
  } else {
    End(std::move(status));
  }
}

absl::StatusOr<Bytes> StartedCall::TakeResult() {
  MemoryAccount* owner = CurrentContext().memory;
  const FrameworkMemoryScope scope;
  if (result_.ok()) TransferCharge(*result_, owner);
  return std::move(result_);
}

void StartedCall::Fire() {
  Fail(absl::DeadlineExceededError("no reply in time"));
}

void StartedCall::Fail(absl::Status status) {
  state_.trace.Record({.time = state_.scheduler.now(),
                       .kind = EventKind::kCallFailed,
                       .method = method_,
                       .node = link_.from,
                       .peer = link_.to,
                       .id = pending_->number,
                       .value = static_cast<uint64_t>(status.code())});
  End(std::move(status));
}

void StartedCall::End(absl::StatusOr<Bytes> result) {
  if (IsScheduled()) state_.scheduler.Cancel(*this);
  result_ = std::move(result);
  end_number_ = calls_.NextEndNumber();
  pending_.reset();
  WakeWaiter();
}

}  // namespace reprise
