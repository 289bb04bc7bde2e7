// StartedCall: a remote call that goes on without a task that waits for it;
// what is behind a CallFuture (sim/env/call_future.h).
//
// Guarantees: where the call fails, the trace says so at that instant, but not
// where its node has stopped or something other than a task cancels it. A call
// that has ended touches nothing of its world.
//
//   auto call = std::make_unique<StartedCall>(state, calls, link, method);
//   ... send the request of call->pending() ...
//   call->FailAt(deadline);

#ifndef REPRISE_SIM_WORLD_STARTED_CALL_H_
#define REPRISE_SIM_WORLD_STARTED_CALL_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/world/call_table.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/network_state.h"

namespace reprise {

class StartedCall final : public OngoingCall, private Event {
 public:
  // `method` is a number of state.methods. Both must outlive the call, unless
  // it has ended.
  StartedCall(NetworkState& state, CallTable& calls, Link& link,
              uint32_t method);
  ~StartedCall() override { Cancel(); }

  // Requires that the call is in progress.
  PendingCall& pending() { return *pending_; }
  // The call fails with DeadlineExceeded at `deadline` of the world's time.
  void FailAt(VirtualTime deadline);
  // Its answer is there.
  void OnAnswer();
  // Its node has stopped or its world has ended: ends it as Cancelled.
  void Abandon();

  std::string_view method() const override;
  uint64_t end_number() const override { return end_number_; }
  void Cancel() override;
  absl::StatusOr<Bytes> TakeResult() override;

 private:
  void Fire() override;
  void End(absl::StatusOr<Bytes> result);
  void Fail(absl::Status status);

  NetworkState& state_;
  CallTable& calls_;
  const Link& link_;
  const uint32_t method_;
  std::optional<PendingCall> pending_;  // While it is in progress.
  absl::StatusOr<Bytes> result_;        // Once it has ended.
  uint64_t end_number_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_STARTED_CALL_H_
