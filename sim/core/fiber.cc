#include "sim/core/fiber.h"

#include <memory>
#include <utility>

#include "sim/core/stack_arena.h"

namespace reprise {
namespace {

// The arena owns the memory; Boost has nothing to free.
struct NoDeallocation {
  void deallocate(boost::context::stack_context&) noexcept {}
};

}  // namespace

Fiber::Fiber(Stack stack, Body body) : stack_(stack), body_(body) {
  inside_stack_.bottom = stack.low;
  inside_stack_.size = stack.size;
  inside_stack_.thread_fiber = NewThreadFiber();
  boost::context::stack_context context;
  context.sp = stack.low + stack.size;
  context.size = stack.size;
  boost::context::preallocated memory(context.sp, context.size, context);
  void* here = CurrentThreadFiber();
  // Boost visits the new stack, calling functions that do not return yet.
  SetThreadFiber(inside_stack_.thread_fiber);
  inside_ = boost::context::fiber(std::allocator_arg, memory, NoDeallocation(),
                                  [this](boost::context::fiber&& outside) {
                                    return Run(std::move(outside));
                                  });
  SetThreadFiber(here);
}

Fiber::~Fiber() {
  Unwind();
  FreeThreadFiber(inside_stack_.thread_fiber);
}

void Fiber::Unwind() {
  if (!inside_) return;
  void* here = CurrentThreadFiber();
  if (!was_entered_) {
    SetThreadFiber(inside_stack_.thread_fiber);
    inside_ = boost::context::fiber();
    SetThreadFiber(here);
    return;
  }
  // Functions that were entered inside return after the switch.
  outside_stack_.thread_fiber = NewThreadFiberForUnwinding();
  BeginSwitch(&outside_stack_, inside_stack_);
  inside_ = boost::context::fiber();
  EndSwitch(outside_stack_, nullptr);
  SetThreadFiber(here);
  FreeThreadFiber(outside_stack_.thread_fiber);
}

boost::context::fiber Fiber::Run(boost::context::fiber&& outside) {
  EndSwitch(inside_stack_, &outside_stack_);
  // The last thing on this stack, while forced_unwind leaves it.
  struct Departure {
    Fiber& fiber;
    ~Departure() { BeginSwitch(nullptr, fiber.outside_stack_); }
  } departure{*this};
  outside_ = std::move(outside);
  for (;;) {
    body_(argument_);
    has_ended_ = true;
    Leave();
  }
}

}  // namespace reprise
