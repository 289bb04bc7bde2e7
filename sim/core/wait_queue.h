// WaitQueue: tasks that wait for one another, first come, first served. The
// other synchronisation types are made of it.
//
// Guarantees: WakeOne wakes the task that has waited longest. A task that
// unwinds leaves the queue. Requires that the queue outlives its waiters. Where
// it goes while the world stands still, they can unwind, but never run again.
//
//   while (!ready) queue.Wait({.what = "the leader"});     // one task
//   ready = true; queue.WakeAll();                         // another

#ifndef REPRISE_SIM_CORE_WAIT_QUEUE_H_
#define REPRISE_SIM_CORE_WAIT_QUEUE_H_

#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class WaitQueue {
 public:
  WaitQueue() = default;
  ~WaitQueue();
  WaitQueue(const WaitQueue&) = delete;
  WaitQueue& operator=(const WaitQueue&) = delete;

  bool empty() const { return first_ == nullptr; }

  // Suspends the running task until it is woken, or until the clock that it
  // sees (TaskGroup::clock) says `deadline`. Returns whether it was woken.
  bool Wait(const WaitReason& reason,
            VirtualTime deadline = VirtualTime::Infinite());

  // Returns the woken task, or null if there was none. While the running task
  // unwinds, nobody is woken.
  Task* WakeOne();
  void WakeAll();

  // The time on the clock that the running task sees. Requires that a task is
  // running.
  static VirtualTime Now();

 private:
  struct Waiter;

  void Remove(Waiter& waiter);

  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_WAIT_QUEUE_H_
