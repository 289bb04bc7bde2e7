// TaskHandle: a task that was spawned, to be waited for or cancelled.
//
// Guarantees: it may be copied, dropped, and kept after its task has ended. To
// drop it leaves the task alone. Cancel ends a task at once, wherever it waits,
// and also where it has not begun or its node is paused. Its stack unwinds, as
// in a crash, so destructors run and nothing may suspend in them; but what it
// held is given back: a mutex goes to the task that waits for it, a wake that
// it had not yet used goes to the next that waits, and what its destructors
// set, send and notify counts. Calls of Env that would wait answer Cancelled.
// Because Cancel itself never suspends, destructors may call it.
//
// A task that cancels itself goes on until it would next wait, and ends there.
// To cancel a task that has ended, or that ends already, does nothing. Where a
// crash takes a task down, those that wait in Join on other nodes are woken.
//
// Requires that it is used in the thread that runs its task's world. Nothing
// may swallow the unwinding: `catch (...)` has to end with `throw;`.
//
//   TaskHandle flush = env.tasks().Spawn("flush", [&] { ... });
//   flush.Join();
//
//   ScopedTask heartbeat(env.tasks().Spawn("heartbeat", [&] { ... }));

#ifndef REPRISE_SIM_CORE_TASK_HANDLE_H_
#define REPRISE_SIM_CORE_TASK_HANDLE_H_

#include <cstdint>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class Task;

class TaskHandle {
 public:
  // Of no task: done.
  TaskHandle() = default;
  // For implementations of Env. Null: of no task.
  explicit TaskHandle(Task* task);

  // 0: of no task.
  TaskId id() const { return id_; }
  // Whether the task has ended, in whatever way.
  bool IsDone() const;

  // Suspends the running task until this one has ended. Returns at once while
  // the running task unwinds. Requires that it is another one.
  void Join() const { JoinUntil(VirtualTime::Infinite()); }
  // As Join, but no longer than until the clock that the running task sees says
  // `deadline`; returns whether the task has ended.
  bool JoinUntil(VirtualTime deadline) const;
  bool JoinFor(Duration timeout) const;

  void Cancel() const;

  // From now on the task's waits are rest, as Tasks::WaitUntilStopped is: it
  // serves others, so it counts neither as unfinished work nor as part of a
  // deadlock. For one that waits for work again and again.
  void MoveToBackground() const;

 private:
  Task* task_ = nullptr;
  uint64_t life_ = 0;  // Of *task_, in which it is the task meant.
  TaskId id_;
};

// A task that ends with the object: it is cancelled where it has not ended.
class ScopedTask {
 public:
  ScopedTask() = default;
  explicit ScopedTask(TaskHandle task) : task_(task) {}
  ~ScopedTask() { task_.Cancel(); }
  ScopedTask(ScopedTask&& other) noexcept : task_(other.Release()) {}
  ScopedTask& operator=(ScopedTask&& other) noexcept {
    if (this != &other) std::exchange(task_, other.Release()).Cancel();
    return *this;
  }

  const TaskHandle& get() const { return task_; }
  const TaskHandle* operator->() const { return &task_; }
  // Lets go of the task, which runs on.
  TaskHandle Release() { return std::exchange(task_, TaskHandle()); }

 private:
  TaskHandle task_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TASK_HANDLE_H_
