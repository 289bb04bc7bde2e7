// FiberPool: a thread's stacks, idle fibers and task records, kept from world
// to world so that a new task costs no system call and no new context.
//
// Guarantees: a fiber taken from the pool runs the next task from its start; an
// overflow of its stack stops the program with the task's name. Not for use by
// several threads.

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

class FiberPool {
 public:
  explicit FiberPool(const StackArenaOptions& stacks = {});
  ~FiberPool();
  FiberPool(const FiberPool&) = delete;
  FiberPool& operator=(const FiberPool&) = delete;

  // A fiber that runs the Task which it is entered with.
  std::unique_ptr<Fiber> AcquireFiber();
  void ReleaseFiber(std::unique_ptr<Fiber> fiber);
  // Destroys a fiber that is inside a task: its stack is unwound. `fiber` stays
  // until that is done, so that the task knows its stack.
  void UnwindFiber(std::unique_ptr<Fiber>& fiber);

  Task& AcquireTask();
  void ReleaseTask(Task& task);

  // Returns memory that few worlds need to the system; called between worlds.
  void Trim();

 private:
  static constexpr size_t kFibersKept = 4096;

  StackArena arena_;
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
