// RealCall: a remote call in progress over a real network, as an OngoingCall.
//
// Guarantees: it ends once: by Cancel, at its deadline, or by its owner, with a
// reply or because there will be none.

#ifndef REPRISE_SIM_REAL_REAL_CALL_H_
#define REPRISE_SIM_REAL_REAL_CALL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"

namespace reprise {

class RealCall;

// Where the reply to a call arrives.
class CallOwner {
 public:
  // The call has ended without one, and may be gone.
  virtual void Drop(const RealCall& call) = 0;

 protected:
  ~CallOwner() = default;
};

class RealCall final : public OngoingCall, private Event {
 public:
  // `owner` must outlive it or end it; `ends` counts the calls that have ended.
  RealCall(Scheduler& scheduler, CallOwner& owner, std::string_view method,
           uint64_t number, uint64_t& ends)
      : scheduler_(scheduler),
        owner_(owner),
        method_(method),
        number_(number),
        ends_(ends) {}
  ~RealCall() override;

  uint64_t number() const { return number_; }

  // From now on it ends at `deadline`; Infinite() never.
  void EndAt(VirtualTime deadline);
  // Its owner, which knows it no longer, has a result for it. Does nothing if
  // it has ended.
  void EndAs(absl::StatusOr<Bytes> result);

  std::string_view method() const override { return method_; }
  uint64_t end_number() const override { return end_number_; }
  void Cancel() override;
  absl::StatusOr<Bytes> TakeResult() override { return std::move(result_); }

 private:
  void Fire() override;
  void EndWithout(absl::Status reply);

  Scheduler& scheduler_;
  CallOwner& owner_;
  const std::string method_;
  const uint64_t number_;
  uint64_t& ends_;
  uint64_t end_number_ = 0;  // 0: in progress.
  absl::StatusOr<Bytes> result_ = absl::UnknownError("in progress");
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_CALL_H_
