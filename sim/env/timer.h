// Timer: calls a function after a while, unless it is cancelled or restarted.
//
// Guarantees: at most one call is due at a time; it is made by the clock of the
// node, as a task of its own, so it may suspend. Restart is cheap, so that an
// election timer may be restarted by every heartbeat. While a call runs, the
// timer may be started, restarted and cancelled, also by the call itself: that
// concerns the next call. The destructor cancels what is due, and a call that
// runs: it ends where it waits (TaskHandle::Cancel), or where it would next
// wait if it destroys the timer itself. A crash ends the timer for good.
//
// Requires that `env` outlives the timer, that the timer ends before what its
// function uses, and that it is used by tasks of the node.
//
//   Timer election(env, "election");
//   election.After(Milliseconds(150), [&] { StandForElection(); });
//   ...
//   election.Restart();  // At each heartbeat: 150 ms from now.

#ifndef REPRISE_SIM_ENV_TIMER_H_
#define REPRISE_SIM_ENV_TIMER_H_

#include <functional>
#include <string_view>

#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise {

class Timer {
 public:
  // `name` is that of its task in traces and reports; its text must outlive the
  // timer.
  explicit Timer(Env& env, std::string_view name = "timer")
      : env_(env), name_(name) {}
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Calls `function` once `delay` has passed, in place of what is due.
  void After(Duration delay, std::function<void()> function);
  // Calls the function of the last After once its delay, or `delay`, has passed
  // from now on, in place of what is due; nothing need be. Requires an After.
  void Restart();
  void Restart(Duration delay);
  // Nothing is due any more.
  void Cancel();
  bool IsPending() const;

 private:
  struct State;

  void Start(Duration delay);

  Env& env_;
  std::string_view name_;
  Duration delay_;
  TaskHandle task_;
  State* state_ = nullptr;  // Owned by the task; null before there is one.
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_TIMER_H_
