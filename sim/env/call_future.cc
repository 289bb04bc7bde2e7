#include "reprise/sim/env/call_future.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/future.h"

namespace reprise {
namespace {

// A call that had its result when it began.
class EndedCall final : public OngoingCall {
 public:
  explicit EndedCall(absl::StatusOr<Bytes> result)
      : result_(std::move(result)) {}

  std::string_view method() const override { return ""; }
  uint64_t end_number() const override { return 1; }
  void Cancel() override {}
  absl::StatusOr<Bytes> TakeResult() override { return std::move(result_); }

 private:
  absl::StatusOr<Bytes> result_;
};

}  // namespace

// A task that waits for calls, on its stack. The calls that it waits for are a
// list; one that is destroyed leaves it.
class CallWaiter {
 public:
  explicit CallWaiter(std::string_view name) : has_ended_(name) {}
  CallWaiter(const CallWaiter&) = delete;
  CallWaiter& operator=(const CallWaiter&) = delete;
  ~CallWaiter() {
    while (first_ != nullptr) Remove(*first_);
  }

  void Add(OngoingCall& call) {
    REPRISE_CHECK(call.waiter_ == nullptr, "two tasks wait for one call");
    call.waiter_ = this;
    call.next_awaited_ = first_;
    first_ = &call;
  }
  void Remove(OngoingCall& call) {
    OngoingCall** link = &first_;
    while (*link != &call) link = &(*link)->next_awaited_;
    *link = call.next_awaited_;
    call.waiter_ = nullptr;
  }
  void Wake() {
    if (!has_ended_.IsSet()) has_ended_.Set(true);
  }
  // Returns whether it was woken.
  bool WaitUntil(VirtualTime deadline) {
    return has_ended_.WaitUntil(deadline);
  }

 private:
  Future<bool> has_ended_;
  OngoingCall* first_ = nullptr;
};

OngoingCall::~OngoingCall() {
  if (waiter_ == nullptr) return;
  waiter_->Wake();
  waiter_->Remove(*this);
}

void OngoingCall::WakeWaiter() {
  if (waiter_ != nullptr) waiter_->Wake();
}

CallFuture CallFuture::Ended(absl::StatusOr<Bytes> result) {
  return CallFuture(std::make_unique<EndedCall>(std::move(result)));
}

bool CallFuture::IsDone() const {
  REPRISE_CHECK(HasCall(), "the future has no call");
  return call_->end_number() > 0;
}

bool CallFuture::WaitUntil(VirtualTime deadline) {
  REPRISE_CHECK(HasCall(), "the future has no call");
  return WaitForAny({this, 1}, deadline).has_value();
}

absl::StatusOr<Bytes> CallFuture::Get() {
  if (!WaitUntil(VirtualTime::Infinite())) {
    return absl::CancelledError("the node is stopping");
  }
  const std::unique_ptr<OngoingCall> call = std::move(call_);
  return call->TakeResult();
}

void CallFuture::Cancel() {
  REPRISE_CHECK(HasCall(), "the future has no call");
  call_->Cancel();
}

std::optional<size_t> FirstEnded(std::span<const CallFuture> calls) {
  std::optional<size_t> first;
  uint64_t first_number = 0;
  for (size_t i = 0; i < calls.size(); ++i) {
    if (!calls[i].HasCall()) continue;
    const uint64_t number = calls[i].call_->end_number();
    if (number == 0 || (first.has_value() && number >= first_number)) continue;
    first = i;
    first_number = number;
  }
  return first;
}

std::optional<size_t> WaitForAny(std::span<CallFuture> calls,
                                 VirtualTime deadline) {
  while (true) {
    if (const std::optional<size_t> first = FirstEnded(calls)) return first;
    const auto one =
        std::find_if(calls.begin(), calls.end(),
                     [](const CallFuture& call) { return call.HasCall(); });
    if (one == calls.end()) return std::nullopt;
    CallWaiter waiter(one->call_->method());
    for (CallFuture& call : calls) {
      if (call.HasCall()) waiter.Add(*call.call_);
    }
    if (!waiter.WaitUntil(deadline)) return FirstEnded(calls);
  }
}

}  // namespace reprise
