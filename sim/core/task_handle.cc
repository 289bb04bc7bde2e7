#include "reprise/sim/core/task_handle.h"

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

TaskHandle::TaskHandle(Task* task) : task_(task) {
  if (task == nullptr) return;
  life_ = task->life();
  id_ = task->id();
}

bool TaskHandle::IsDone() const {
  return task_ == nullptr || task_->life() != life_;
}

bool TaskHandle::JoinUntil(VirtualTime deadline) const {
  if (IsDone()) return true;
  const Task* joiner = CurrentContext().task;
  if (joiner != nullptr) deadline = joiner->group().clock().WorldTime(deadline);
  return task_->scheduler().Join(*task_, deadline);
}

bool TaskHandle::JoinFor(Duration timeout) const {
  return IsDone() || JoinUntil(WaitQueue::Now() + timeout);
}

void TaskHandle::Cancel() const {
  if (!IsDone()) task_->scheduler().CancelTask(*task_);
}

void TaskHandle::MoveToBackground() const {
  if (!IsDone()) task_->MoveToBackground();
}

}  // namespace reprise
