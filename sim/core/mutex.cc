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

// Whether a task that unwinds must let go of its mutexes. At the end of the
// world nobody takes them any more, and they may be gone.
bool MustLetGo(const Task& task) { return !task.scheduler().IsEnding(); }

}  // namespace

void Mutex::Lock() {
  const Task& task = RunningTask();
  if (task.IsUnwinding()) return;
  REPRISE_CHECK(holder_ != &task, "the task holds this mutex already");
  if (holder_ == nullptr) {
    holder_ = &task;
    return;
  }
  // Unlock makes the task that it wakes the holder. A crash may come between.
  struct Refusal {
    const Task*& holder;
    const Task& task;
    ~Refusal() {
      if (!task.IsUnwinding() || !MustLetGo(task)) return;
      if (holder == &task) holder = nullptr;
    }
  } refusal{holder_, task};
  waiters_.Wait({.what = "mutex", .object = name_});
}

void Mutex::Unlock() {
  const Task& task = RunningTask();
  if (task.IsUnwinding()) {
    if (MustLetGo(task) && holder_ == &task) holder_ = nullptr;
    return;
  }
  REPRISE_CHECK(holder_ == &task, "the task does not hold this mutex");
  holder_ = waiters_.WakeOne();
}

void Condition::Wait(Mutex& mutex) { WaitFor(mutex, Duration::Infinite()); }

bool Condition::WaitFor(Mutex& mutex, Duration timeout) {
  const VirtualTime deadline = WaitQueue::Now() + timeout;
  mutex.Unlock();
  const bool was_notified =
      waiters_.Wait({.what = "condition", .object = name_}, deadline);
  mutex.Lock();
  return was_notified;
}

}  // namespace reprise
