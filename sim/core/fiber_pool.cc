#include "sim/core/fiber_pool.h"

#include <memory>
#include <utility>

#include "sim/core/check.h"
#include "sim/core/context.h"
#include "sim/core/overflow.h"
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

std::unique_ptr<Fiber> FiberPool::AcquireFiber() {
  if (idle_.empty()) {
    return std::make_unique<Fiber>(arena_.Acquire(), [](void* task) {
      static_cast<Task*>(task)->RunBody();
    });
  }
  std::unique_ptr<Fiber> fiber = std::move(idle_.back());
  idle_.pop_back();
  return fiber;
}

void FiberPool::ReleaseFiber(std::unique_ptr<Fiber> fiber) {
  idle_.push_back(std::move(fiber));
}

void FiberPool::UnwindFiber(std::unique_ptr<Fiber>& fiber) {
  fiber->Unwind();
  arena_.Release(fiber->stack());
  fiber = nullptr;
}

Task& FiberPool::AcquireTask() {
  if (free_tasks_.empty()) {
    tasks_.push_back(std::make_unique<Task>());
    return *tasks_.back();
  }
  Task* task = free_tasks_.back();
  free_tasks_.pop_back();
  return *task;
}

void FiberPool::ReleaseTask(Task& task) { free_tasks_.push_back(&task); }

void FiberPool::Trim() {
  while (idle_.size() > kFibersKept) {
    UnwindFiber(idle_.back());
    idle_.pop_back();
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
