// FiberPool: a thread's stacks, fibers and task records, kept from world to
// world so that a new task costs no system call and no new context.
//
// Guarantees: an overflow of a fiber's stack stops the program with the task's
// name. Not for use by several threads.
//
// All fibers of a pool do the same: they carry the loop of events of whatever
// scheduler is running. See scheduler.h.

#ifndef SIM_CORE_FIBER_POOL_H_
#define SIM_CORE_FIBER_POOL_H_

#include <signal.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "sim/core/fiber.h"
#include "sim/core/stack_arena.h"

namespace reprise {

class Task;

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
  // As SwitchTo an idle fiber, which need not be idle any more afterwards.
  void SwitchToIdle() { SwitchTo(TakeIdle()); }
  // As SwitchTo; the fiber that is left is idle until somebody takes it.
  void GoIdle(Fiber& next) {
    idle_.emplace_back(running_);
    SwitchTo(next);
  }

  Task& AcquireTask() {
    if (free_tasks_.empty()) MakeTask();
    Task* task = free_tasks_.back();
    free_tasks_.pop_back();
    return *task;
  }
  void ReleaseTask(Task& task) { free_tasks_.push_back(&task); }

  // Returns memory that few worlds need to the system; called between worlds.
  void Trim();

 private:
  static constexpr size_t kFibersKept = 4096;

  Fiber& TakeIdle() {
    if (idle_.empty()) MakeFiber();
    Fiber* fiber = idle_.back().release();
    idle_.pop_back();
    return *fiber;
  }
  void MakeFiber();
  void MakeTask();

  StackArena arena_;
  Fiber thread_;  // The thread's own stack.
  Fiber* running_ = &thread_;
  std::vector<std::unique_ptr<Fiber>> idle_;
  std::vector<std::unique_ptr<Task>> tasks_;
  std::vector<Task*> free_tasks_;
  // Where this thread handles signals, because an overflowed stack cannot.
  std::unique_ptr<char[]> signal_stack_;
  stack_t previous_signal_stack_;
};

// This thread's pool, made at the first call.
FiberPool& CurrentFiberPool();

}  // namespace reprise

#endif  // SIM_CORE_FIBER_POOL_H_
