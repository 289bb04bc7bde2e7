#include "reprise/sim/core/wait_queue.h"

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/scheduler.h"

namespace reprise {

// On the stack of the waiting task; leaves the queue when the stack unwinds.
struct WaitQueue::Waiter {
  WaitQueue* queue;  // Null once woken.
  Task* task;
  const bool is_handover;
  WaitQueue* woken_by = nullptr;
  Waiter* next = nullptr;
  Waiter* previous = nullptr;

  ~Waiter() {
    if (queue != nullptr) queue->Remove(*this);
    // Its wake is another's.
    if (task->IsCancelling() && woken_by != nullptr && !is_handover) {
      woken_by->WakeOne();
    }
  }
};

WaitQueue::~WaitQueue() {
  while (first_ != nullptr) {
    Waiter& waiter = *first_;
    Scheduler& scheduler = waiter.task->scheduler();
    REPRISE_CHECK(!scheduler.IsRunning(), "destroyed while tasks wait in it: ",
                  waiter.task->Describe());
    scheduler.NoteLost();
    Remove(waiter);
    waiter.queue = nullptr;
  }
}

bool WaitQueue::Wait(const WaitReason& reason, VirtualTime deadline) {
  return Wait(reason, deadline, /*is_handover=*/false);
}

bool WaitQueue::WaitForHandover(const WaitReason& reason) {
  return Wait(reason, VirtualTime::Infinite(), /*is_handover=*/true);
}

bool WaitQueue::Wait(const WaitReason& reason, VirtualTime deadline,
                     bool is_handover) {
  Task* task = CurrentContext().task;
  if (task == nullptr) RefuseWait(reason.ToString());
  Scheduler& scheduler = CurrentScheduler();
  // Which refuses, and notices a loop that does not end.
  if (task->IsUnwinding()) return scheduler.Park(reason);
  Waiter waiter{this, task, is_handover};
  waiter.previous = last_;
  (last_ != nullptr ? last_->next : first_) = &waiter;
  last_ = &waiter;
  scheduler.Park(reason, task->group().clock().WorldTime(deadline));
  return waiter.queue == nullptr;
}

VirtualTime WaitQueue::Now() {
  const Task* task = CurrentContext().task;
  if (task == nullptr) RefuseWait("a time on its clock");
  return task->group().LocalTime(CurrentScheduler().now());
}

Task* WaitQueue::WakeOne() {
  const Task* running = CurrentContext().task;
  if (first_ == nullptr || (running != nullptr && running->IsCrashing())) {
    return nullptr;
  }
  Waiter& waiter = *first_;
  Remove(waiter);
  waiter.queue = nullptr;
  waiter.woken_by = this;
  waiter.task->scheduler().Wake(*waiter.task);
  return waiter.task;
}

void WaitQueue::WakeAll() {
  while (WakeOne() != nullptr) {
  }
}

void WaitQueue::Remove(Waiter& waiter) {
  Waiter* next = waiter.next;
  Waiter* previous = waiter.previous;
  (next != nullptr ? next->previous : last_) = previous;
  (previous != nullptr ? previous->next : first_) = next;
}

}  // namespace reprise
