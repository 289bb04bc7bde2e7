// Fiber: a stack, and where on it the program stopped.
//
// The only place of the simulator that changes stacks. Fibers are equals: the
// running one switches to any other, and goes on when any other switches back.
// A fiber runs its body from the first switch to it on; the body never returns.
// A fiber that is destroyed is not unwound: its owner makes sure that nothing
// on its stack needs unwinding.
//
//   Fiber here;  // The stack that the thread is on.
//   Fiber there(stack, [] { for (;;) { ...; here.SwitchFrom(there); } });
//   there.SwitchFrom(here);
//
// Boost.Context saves and restores the registers (its functions jump_fcontext
// and make_fcontext, which boost::context::fiber is made of).

#ifndef REPRISE_SIM_CORE_FIBER_H_
#define REPRISE_SIM_CORE_FIBER_H_

#include <boost/context/detail/fcontext.hpp>

#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/stack_arena.h"

namespace reprise {

class Fiber {
 public:
  using Body = void (*)();

  // The stack that the calling thread is on.
  Fiber();
  // `body` must not return.
  Fiber(Stack stack, Body body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Leaves `from`, which is running, for this fiber, which is not. Returns when
  // somebody switches to `from`.
  void SwitchFrom(Fiber& from) {
    BeginSwitch(&from.sanitized_, sanitized_);
    Switch leaving{from, *this};
    const auto arrival =
        boost::context::detail::jump_fcontext(context_, &leaving);
    Arrive(from, arrival);
  }

  // Requires that the fiber was made with a stack.
  const Stack& stack() const { return stack_; }
  // While it is left: Boost.Context's record of its registers.
  const void* saved_registers() const { return context_; }

 private:
  friend class FiberPool;

  using Transfer = boost::context::detail::transfer_t;

  // What a switch tells the fiber that it leads to; on the stack of `from`.
  struct Switch {
    Fiber& from;
    Fiber& to;
  };

  static void Arrive(const Fiber& here, const Transfer& arrival) {
    Fiber& from = static_cast<Switch*>(arrival.data)->from;
    from.context_ = arrival.fctx;
    EndSwitch(here.sanitized_, &from.sanitized_);
  }
  static void Begin(Transfer arrival);

  boost::context::detail::fcontext_t context_ = nullptr;  // While it is left.
  Stack stack_;
  Body body_ = nullptr;
  SanitizedStack sanitized_;
  Fiber* next_idle_ = nullptr;  // For the pool.
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FIBER_H_
