#include "reprise/sim/core/fiber_pool.h"

#include <memory>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/overflow.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/stack_arena.h"
#include "reprise/sim/core/task.h"

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
  DestroyIdle(/*keep=*/0);
  sigaltstack(&previous_signal_stack_, nullptr);
}

void FiberPool::MakeFiber() {
  PutIdle(*new Fiber(arena_.Acquire(), [] { Scheduler::Carry(); }));
}

void FiberPool::MakeTask() {
  tasks_.push_back(std::make_unique<Task>());
  ReleaseTask(*tasks_.back());
}

void FiberPool::Trim() {
  DestroyIdle(kFibersKept);
  arena_.Trim(kFibersKept);
}

void FiberPool::KeepForever() {
  is_kept_ = true;
  reprise::KeepForever(*this);
}

void FiberPool::DestroyIdle(size_t keep) {
  while (idle_fibers_ > keep) {
    const std::unique_ptr<Fiber> fiber(&TakeIdle());
    arena_.Release(fiber->stack());
  }
}

FiberPool& CurrentFiberPool() {
  FiberPoolHolder& holder = CurrentFiberPoolHolder();
  if (holder.pool == nullptr) {
    holder.pool = new FiberPool();
    holder.destroy = [](FiberPool* pool) {
      if (!pool->IsKeptForever()) delete pool;
    };
  }
  return *holder.pool;
}

}  // namespace reprise
