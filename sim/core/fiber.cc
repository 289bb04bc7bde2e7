#include "reprise/sim/core/fiber.h"

#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/stack_arena.h"

namespace reprise {

Fiber::Fiber() { sanitized_.thread_fiber = CurrentThreadFiber(); }

Fiber::Fiber(Stack stack, Body body)
    : context_(boost::context::detail::make_fcontext(stack.low + stack.size,
                                                     stack.size, Begin)),
      stack_(stack),
      body_(body) {
  sanitized_.bottom = stack.low;
  sanitized_.size = stack.size;
  sanitized_.thread_fiber = NewThreadFiber();
}

Fiber::~Fiber() {
  if (body_ == nullptr) return;  // The thread's own.
  FreeThreadFiber(sanitized_.thread_fiber);
  ForgetFrames(stack_.low, stack_.size);
}

// The bottom of every fiber's stack.
void Fiber::Begin(Transfer arrival) {
  const Fiber& here = static_cast<Switch*>(arrival.data)->to;
  Arrive(here, arrival);
  here.body_();
}

}  // namespace reprise
