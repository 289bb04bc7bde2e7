// FiberPool: a thread's stacks, fibers and task records, kept from world to
// world so that a new task costs no system call and no new context.
//
// Guarantees: an overflow of a fiber's stack stops the program with the task's
// name. Not for use by several threads.
//
// Every fiber of a pool has the same body: the event loop of whichever
// scheduler runs on the thread. The top of scheduler.h tells how that loop
// moves from fiber to fiber.
//
//   FiberPool& pool = CurrentFiberPool();
//   pool.SwitchToIdle();  // Returns when a fiber switches back to this one.

#ifndef REPRISE_SIM_CORE_FIBER_POOL_H_
#define REPRISE_SIM_CORE_FIBER_POOL_H_

#include <signal.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "reprise/sim/core/fiber.h"
#include "reprise/sim/core/stack_arena.h"
#include "reprise/sim/core/task.h"

namespace reprise {

// Invariant: each fiber of the pool is idle, running, or left by a task or a
// nested run that will go on there.
class FiberPool {
 public:
  explicit FiberPool(const StackArenaOptions& stacks = {});
  ~FiberPool();
  FiberPool(const FiberPool&) = delete;
  FiberPool& operator=(const FiberPool&) = delete;

  Fiber& running() { return *running_; }

  // Leaves the running fiber; returns when somebody switches back to it.
  void SwitchTo(Fiber& fiber) {
    Fiber& from = *running_;
    running_ = &fiber;
    fiber.SwitchFrom(from);
  }
  // As SwitchTo, to an idle fiber, which is taken from the pool.
  void SwitchToIdle() { SwitchTo(TakeIdle()); }
  // As SwitchTo; the fiber that is left is idle until somebody takes it.
  void GoIdle(Fiber& next) {
    PutIdle(*running_);
    SwitchTo(next);
  }

  Task& AcquireTask() {
    if (free_task_ == nullptr) [[unlikely]] {
      MakeTask();
    }
    Task& task = *free_task_;
    free_task_ = task.next_in_group_;
    return task;
  }
  void ReleaseTask(Task& task) {
    task.next_in_group_ = free_task_;
    free_task_ = &task;
  }

  // From now on the thread's end leaves the pool as it is, because tasks that
  // will never go on lie on its stacks.
  void KeepForever();
  bool IsKeptForever() const { return is_kept_; }

  // Gives memory that only few worlds need back to the system. To be called
  // between worlds.
  void Trim();

 private:
  static constexpr size_t kFibersKept = 4096;

  void PutIdle(Fiber& fiber) {
    fiber.next_idle_ = idle_;
    idle_ = &fiber;
    ++idle_fibers_;
  }
  Fiber& TakeIdle() {
    if (idle_ == nullptr) [[unlikely]] {
      MakeFiber();
    }
    Fiber& fiber = *idle_;
    idle_ = fiber.next_idle_;
    --idle_fibers_;
    return fiber;
  }
  void MakeFiber();
  void MakeTask();
  void DestroyIdle(size_t keep);

  StackArena arena_;
  Fiber thread_;  // The thread's own stack.
  Fiber* running_ = &thread_;
  Fiber* idle_ = nullptr;  // The first of a list; owned.
  size_t idle_fibers_ = 0;
  std::vector<std::unique_ptr<Task>> tasks_;
  Task* free_task_ = nullptr;  // The first of a list.
  bool is_kept_ = false;
  // Where this thread handles signals, because an overflowed stack cannot.
  std::unique_ptr<char[]> signal_stack_;
  stack_t previous_signal_stack_;
};

// This thread's pool, made at the first call.
FiberPool& CurrentFiberPool();

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FIBER_POOL_H_
