// Fiber: one stack of its own that runs whenever it is switched to.
//
// The only place of the simulator that changes stacks. A fiber is idle until
// its owner calls Enter, which runs it until it calls Leave or its body
// returns from RunOnce. Bodies are run again and again on one fiber, so that a
// new task costs no new context. Unwind, and else the destructor, takes down
// the stack of a fiber that is inside a body: Boost.Context throws
// forced_unwind through it. Fibers may enter and unwind one another.
//
//   Fiber fiber(stack, [](void* task) { static_cast<Task*>(task)->Run(); });
//   fiber.Enter(task);   // until the body calls fiber.Leave() or ends

#ifndef SIM_CORE_FIBER_H_
#define SIM_CORE_FIBER_H_

#include <boost/context/fiber.hpp>

#include "sim/core/sanitizer.h"
#include "sim/core/stack_arena.h"

namespace reprise {

class Fiber {
 public:
  // What a fiber does with the argument of Enter. It returns when done.
  using Body = void (*)(void* argument);

  Fiber(Stack stack, Body body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // From outside: starts the body with `argument` where the fiber is idle, or
  // goes on where it left. Returns true if the body has ended.
  bool Enter(void* argument) {
    argument_ = argument;
    has_ended_ = false;
    was_entered_ = true;
    outside_stack_.thread_fiber = CurrentThreadFiber();
    BeginSwitch(&outside_stack_, inside_stack_);
    inside_ = std::move(inside_).resume();
    EndSwitch(outside_stack_, nullptr);
    return has_ended_;
  }

  // From inside: returns to the caller of Enter; returns when entered again.
  void Leave() {
    // Confirms the arrival also where resume() throws because of an unwinding.
    struct Arrival {
      Fiber& fiber;
      ~Arrival() { EndSwitch(fiber.inside_stack_, &fiber.outside_stack_); }
    } arrival{*this};
    BeginSwitch(&inside_stack_, outside_stack_);
    outside_ = std::move(outside_).resume();
  }

  // From outside: ends what the body is doing. The fiber is not entered again.
  void Unwind();

  const Stack& stack() const { return stack_; }

 private:
  boost::context::fiber Run(boost::context::fiber&& outside);

  Stack stack_;
  Body body_;
  void* argument_ = nullptr;
  bool has_ended_ = false;
  bool was_entered_ = false;
  boost::context::fiber inside_;
  boost::context::fiber outside_;
  SanitizedStack inside_stack_;
  SanitizedStack outside_stack_;
};

}  // namespace reprise

#endif  // SIM_CORE_FIBER_H_
