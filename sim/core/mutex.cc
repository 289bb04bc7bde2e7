#include "reprise/sim/core/mutex.h"

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/scheduler.h"

namespace reprise {
namespace {

const Task& RunningTask() {
  const Task* task = CurrentContext().task;
  if (task == nullptr) {
    Misuse(
        "a mutex was used outside the tasks of a world, but only a task can "
        "hold a mutex",
        "put the code into node.Spawn() or node.OnBoot(); the scenario's own "
        "code runs alone and needs no mutex");
  }
  return *task;
}

}  // namespace

void Mutex::Lock() {
  const Task& task = RunningTask();
  if (task.IsUnwinding()) return;
  REPRISE_CHECK(holder_ != &task, "the task holds this mutex already");
  if (holder_ == nullptr) {
    holder_ = &task;
    return;
  }
  // Unlock makes the task that it wakes the holder. Its end may come between.
  struct Refusal {
    Mutex& mutex;
    const Task& task;
    ~Refusal() {
      if (task.IsUnwinding()) mutex.LetGo(task);
    }
  } refusal{*this, task};
  waiters_.WaitForHandover({.what = "mutex", .object = name_});
}

bool Mutex::TryLock() {
  const Task& task = RunningTask();
  if (task.IsUnwinding() || holder_ != nullptr) return false;
  holder_ = &task;
  return true;
}

void Mutex::Unlock() {
  const Task& task = RunningTask();
  if (task.IsUnwinding()) {
    LetGo(task);
    return;
  }
  REPRISE_CHECK(holder_ == &task, "the task does not hold this mutex");
  holder_ = waiters_.WakeOne();
}

// At the end of the world nobody takes the mutex any more, and it may be gone.
// Where the task crashes, nobody is woken.
void Mutex::LetGo(const Task& task) {
  if (task.scheduler().IsEnding() || holder_ != &task) return;
  holder_ = waiters_.WakeOne();
}

bool Condition::WaitFor(Mutex& mutex, Duration timeout) {
  return WaitUntil(mutex, WaitQueue::Now() + timeout);
}

bool Condition::CanWait() { return !RunningTask().IsUnwinding(); }

bool Condition::WaitForNotification(VirtualTime deadline) {
  return waiters_.Wait({.what = "condition", .object = name_}, deadline);
}

Condition::Notification::~Notification() {
  if (is_pending_ && RunningTask().IsCancelling()) waiters_.WakeOne();
}

}  // namespace reprise
