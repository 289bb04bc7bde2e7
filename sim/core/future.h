// Future: a value that one task sets once and others wait for.
//
//   Future<int> answer;
//   tasks.Spawn("work", [&] { answer.Set(42); });
//   Use(answer.Get());

#ifndef REPRISE_SIM_CORE_FUTURE_H_
#define REPRISE_SIM_CORE_FUTURE_H_

#include <optional>
#include <string_view>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

template <typename T>
class Future {
 public:
  explicit Future(std::string_view name = {}) : name_(name) {}

  bool IsSet() const { return value_.has_value(); }

  // Requires that it is not set.
  void Set(T value) {
    REPRISE_CHECK(!IsSet(), "a future is set twice");
    value_ = std::move(value);
    waiters_.WakeAll();
  }

  // Waits until it is set. Must not be called by a task that unwinds.
  const T& Get() {
    WaitUntil(VirtualTime::Infinite());
    REPRISE_CHECK(IsSet(), "Get while the task unwinds");
    return *value_;
  }

  // The value, or null where it is not set. Never waits.
  const T* TryGet() const { return IsSet() ? &*value_ : nullptr; }

  // Waits no longer than until the clock that the task sees, env.clock(), says
  // `deadline`; returns whether it is set.
  bool WaitUntil(VirtualTime deadline) {
    while (!IsSet()) {
      const WaitReason reason{.what = "future", .object = name_};
      if (!waiters_.Wait(reason, deadline)) break;
    }
    return IsSet();
  }
  // As WaitUntil, for `timeout` from now on.
  bool WaitFor(Duration timeout) {
    return IsSet() || WaitUntil(WaitQueue::Now() + timeout);
  }

 private:
  std::string_view name_;
  std::optional<T> value_;
  WaitQueue waiters_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FUTURE_H_
