// WaitGroup: waits until a number of things are done.
//
//   WaitGroup done;
//   for (...) { done.Add(1); tasks.Spawn("part", [&] { ...; done.Done(); }); }
//   done.Wait();

#ifndef REPRISE_SIM_CORE_WAIT_GROUP_H_
#define REPRISE_SIM_CORE_WAIT_GROUP_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

class WaitGroup {
 public:
  explicit WaitGroup(std::string_view name = {}) : name_(name) {}

  void Add(int64_t count) { pending_ += count; }

  // Requires an Add that has no Done yet.
  void Done() {
    REPRISE_CHECK(pending_ > 0, "Done without Add");
    if (--pending_ == 0) waiters_.WakeAll();
  }

  void Wait() { WaitUntil(VirtualTime::Infinite()); }
  // Waits no longer than until the clock that the task sees, env.clock(), says
  // `deadline`; returns whether all is done.
  bool WaitUntil(VirtualTime deadline) {
    while (pending_ > 0) {
      const WaitReason reason{.what = "wait group", .object = name_};
      if (!waiters_.Wait(reason, deadline)) break;
    }
    return pending_ <= 0;
  }
  // As WaitUntil, for `timeout` from now on.
  bool WaitFor(Duration timeout) {
    return pending_ <= 0 || WaitUntil(WaitQueue::Now() + timeout);
  }

  int64_t pending() const { return pending_; }

 private:
  std::string_view name_;
  int64_t pending_ = 0;
  WaitQueue waiters_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_WAIT_GROUP_H_
