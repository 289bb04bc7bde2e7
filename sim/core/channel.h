// Channel: a queue of values between tasks, first in, first out.
//
// Guarantees: values arrive in the order in which they were sent, each once.
// A full channel makes senders wait. A closed one refuses new values, and hands
// out those that it still contains. Deadlines are by the clock that the waiting
// task sees, env.clock().
//
//   Channel<int> channel(/*capacity=*/16);
//   channel.Send(1);
//   while (std::optional<int> value = channel.Receive()) ...
//   channel.Close();
//
//   if (auto value = channel.ReceiveFor(Milliseconds(50))) Use(*value);

#ifndef REPRISE_SIM_CORE_CHANNEL_H_
#define REPRISE_SIM_CORE_CHANNEL_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

template <typename T>
class Channel {
 public:
  // Requires capacity > 0.
  explicit Channel(size_t capacity, std::string_view name = {})
      : name_(name), capacity_(capacity) {
    REPRISE_CHECK(capacity > 0, "a channel needs room for one value");
  }

  // Waits for room. Drops `value` and returns false if the channel is closed,
  // or still full at the deadline.
  bool Send(T value) {
    return SendUntil(std::move(value), VirtualTime::Infinite());
  }
  bool SendUntil(T value, VirtualTime deadline) {
    const WaitReason reason{.what = "room in channel", .object = name_};
    while (!is_closed_ && IsFull()) {
      if (!senders_.Wait(reason, deadline)) break;
    }
    return TrySend(std::move(value));
  }
  bool SendFor(T value, Duration timeout) {
    if (HasRoom()) return TrySend(std::move(value));
    return SendUntil(std::move(value), WaitQueue::Now() + timeout);
  }
  // As Send, but never waits.
  bool TrySend(T value) {
    if (!HasRoom()) return false;
    values_.push_back(std::move(value));
    receivers_.WakeOne();
    return true;
  }

  // Waits for a value. Returns none once the channel is closed and empty, or if
  // it is still empty at the deadline.
  std::optional<T> Receive() { return ReceiveUntil(VirtualTime::Infinite()); }
  std::optional<T> ReceiveUntil(VirtualTime deadline) {
    const WaitReason reason{.what = "channel", .object = name_};
    while (values_.empty() && !is_closed_) {
      if (!receivers_.Wait(reason, deadline)) break;
    }
    return TryReceive();
  }
  std::optional<T> ReceiveFor(Duration timeout) {
    if (!values_.empty()) return TryReceive();
    return ReceiveUntil(WaitQueue::Now() + timeout);
  }
  // As Receive, but never waits.
  std::optional<T> TryReceive() {
    if (values_.empty()) return std::nullopt;
    std::optional<T> value = std::move(values_.front());
    values_.pop_front();
    senders_.WakeOne();
    return value;
  }

  void Close() {
    is_closed_ = true;
    senders_.WakeAll();
    receivers_.WakeAll();
  }
  bool IsClosed() const { return is_closed_; }

  size_t size() const { return values_.size(); }

 private:
  bool IsFull() const { return values_.size() >= capacity_; }
  bool HasRoom() const { return !is_closed_ && !IsFull(); }

  std::string_view name_;
  size_t capacity_;
  bool is_closed_ = false;
  std::deque<T> values_;
  WaitQueue senders_;
  WaitQueue receivers_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CHANNEL_H_
