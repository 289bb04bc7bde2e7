// Channel: a queue of values between tasks, first in, first out.
//
// Guarantees: values arrive in the order in which they were sent, each once.
// A full channel makes senders wait. A closed one refuses new values, and hands
// out those that it still contains.
//
//   Channel<int> channel(/*capacity=*/16);
//   channel.Send(1);
//   while (std::optional<int> value = channel.Receive()) ...
//   channel.Close();

#ifndef REPRISE_SIM_CORE_CHANNEL_H_
#define REPRISE_SIM_CORE_CHANNEL_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "reprise/sim/core/check.h"
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

  // Waits for room. Drops `value` and returns false if the channel is closed.
  bool Send(T value) {
    while (!is_closed_ && values_.size() >= capacity_) {
      if (!senders_.Wait({.what = "room in channel", .object = name_})) {
        return false;
      }
    }
    if (is_closed_) return false;
    values_.push_back(std::move(value));
    receivers_.WakeOne();
    return true;
  }

  // Waits for a value. Returns none once the channel is closed and empty.
  std::optional<T> Receive() {
    while (values_.empty()) {
      if (is_closed_) return std::nullopt;
      if (!receivers_.Wait({.what = "channel", .object = name_})) {
        return std::nullopt;
      }
    }
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

  size_t size() const { return values_.size(); }

 private:
  std::string_view name_;
  size_t capacity_;
  bool is_closed_ = false;
  std::deque<T> values_;
  WaitQueue senders_;
  WaitQueue receivers_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CHANNEL_H_
