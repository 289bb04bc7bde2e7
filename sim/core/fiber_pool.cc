#include "sim/core/fiber_pool.h"

#include <memory>

#include "sim/core/check.h"
#include "sim/core/context.h"
#include "sim/core/overflow.h"
#include "sim/core/scheduler.h"
#include "sim/core/stack_arena.h"
#include "sim/core/task.h"

namespace reprise {
namespace {

constexpr size_t kSignalStackBytes = 64 * 1024;

}  // namespace

FiberPool::FiberPool(const StackArenaOptions& stacks)
    : arena_(stacks),
      signal_stack_(std::make_unique<char[]>(kSignalStackBytes)) {
  stack_t stack = {};
  stack.ss_sp = signal_stack_.get();
  stack.ss_size = kSignalStackBytes;
  sigaltstack(&stack, &previous_signal_stack_);
  InstallOverflowHandler();
}

FiberPool::~FiberPool() {
  idle_.clear();
  sigaltstack(&previous_signal_stack_, nullptr);
}

void FiberPool::MakeFiber() {
  idle_.push_back(
      std::make_unique<Fiber>(arena_.Acquire(), [] { Scheduler::Carry(); }));
}

void FiberPool::MakeTask() {
  tasks_.push_back(std::make_unique<Task>());
  free_tasks_.push_back(tasks_.back().get());
}

void FiberPool::Trim() {
  while (idle_.size() > kFibersKept) {
    const Stack stack = idle_.back()->stack();
    idle_.pop_back();
    arena_.Release(stack);
  }
  arena_.Trim(kFibersKept);
}

FiberPool& CurrentFiberPool() {
  FiberPoolHolder& holder = CurrentFiberPoolHolder();
  if (holder.pool == nullptr) {
    holder.pool = new FiberPool();
    holder.destroy = [](FiberPool* pool) { delete pool; };
  }
  return *holder.pool;
}

}  // namespace reprise
