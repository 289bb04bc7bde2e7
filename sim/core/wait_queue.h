// WaitQueue: tasks that wait for one another, first come, first served. The
// other synchronisation types are made of it.
//
// Guarantees: WakeOne wakes the task that has waited longest. A task that
// unwinds leaves the queue; where it is cancelled after it was woken and before
// it ran, the next task is woken in its place. Requires that the queue outlives
// its waiters, and whom it woke until they run. Where
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
  // As Wait, for one to whom WakeOne hands something over. Who hands it over
  // sees to it that it is handed on where the task is cancelled.
  bool WaitForHandover(const WaitReason& reason);

  // Returns the woken task, or null if there was none. While the running task
  // crashes, nobody is woken.
  Task* WakeOne();
  void WakeAll();

  // The time on the clock that the running task sees. Requires that a task is
  // running.
  static VirtualTime Now();

 private:
  struct Waiter;

  bool Wait(const WaitReason& reason, VirtualTime deadline, bool is_handover);
  void Remove(Waiter& waiter);

  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_WAIT_QUEUE_H_
