#include "reprise/sim/env/timer.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/env/env.h"

namespace reprise {

// It lives as long as the task, which may run the function that destroys the
// timer.
struct Timer::State {
  State(Env& env, std::string_view name) : env(env), name(name) {}

  Env& env;
  std::string_view name;
  std::function<void()> function = nullptr;  // Null while it runs.
  VirtualTime deadline =
      VirtualTime::Infinite();  // Infinite(): nothing is due.
  WaitQueue changes;

  // The task's work. A deadline that has moved on is seen when the former one
  // is reached, so that restarting a timer wakes nobody.
  void Serve() {
    for (;;) {
      if (env.clock().Now() < deadline) {
        changes.Wait({.what = "timer",
                      .object = name,
                      .is_rest = deadline == VirtualTime::Infinite()},
                     deadline);
      } else {
        deadline = VirtualTime::Infinite();
        std::function<void()> running = std::exchange(function, nullptr);
        running();
        if (function == nullptr) function = std::move(running);
      }
    }
  }
};

Timer::~Timer() { task_.Cancel(); }

void Timer::After(Duration delay, std::function<void()> function) {
  if (task_.IsDone()) {
    auto state = std::make_unique<State>(env_, name_);
    state_ = state.get();
    task_ = env_.tasks().Spawn(
        name_, [state = std::move(state)]() mutable { state->Serve(); });
    // A crashed task that unwinds starts none.
    if (task_.IsDone()) return;
  }
  state_->function = std::move(function);
  Start(delay);
}

void Timer::Restart() { Restart(delay_); }

void Timer::Restart(Duration delay) {
  REPRISE_CHECK(state_ != nullptr, "the timer \"", std::string(name_),
                "\" is restarted before it was started: call After() first");
  if (!task_.IsDone()) Start(delay);
}

void Timer::Start(Duration delay) {
  delay_ = delay;
  const VirtualTime earlier = state_->deadline;
  state_->deadline = env_.clock().Now() + delay;
  if (state_->deadline < earlier) state_->changes.WakeOne();
}

void Timer::Cancel() {
  if (!task_.IsDone()) state_->deadline = VirtualTime::Infinite();
}

bool Timer::IsPending() const {
  return !task_.IsDone() && state_->deadline != VirtualTime::Infinite();
}

}  // namespace reprise
