// tidy: allow-file(wall-clock) its time is the machine's
// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// EventLoop: the thread on which nodes of a real network run.
//
// It joins two loops. The scheduler's fires timers and runs tasks, by the same
// code as in a simulation; Asio's waits for sockets, signals and threads that
// help. Each turn runs what has come, then the tasks that are ready, then sends
// what they wrote, and then waits for a completion or for the next timer.
//
// Guarantees: everything but Post() and Stop() happens on the thread that calls
// Run(). A timer fires at most a millisecond after its time where the machine
// has time for it.
//
// Requires that the thread that makes it runs and destroys it.
//
//   EventLoop loop;
//   loop.scheduler().Spawn(group, "main", [&] { ...; loop.Stop(); });
//   loop.Run();

#ifndef REPRISE_SIM_REAL_EVENT_LOOP_H_
#define REPRISE_SIM_REAL_EVENT_LOOP_H_

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/time_source.h"
#include "reprise/sim/core/wall_clock.h"

namespace asio {
class io_context;
}  // namespace asio

namespace reprise {

// Whoever has something to do when the tasks of a turn have run.
class TurnEnd {
 public:
  virtual void OnTurnEnd() = 0;

 protected:
  ~TurnEnd() = default;
};

class EventLoop final : public TimeSource {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  Scheduler& scheduler() { return scheduler_; }
  asio::io_context& io();

  // The monotonic clock, counted from the making of the loop.
  VirtualTime Now() const override;
  // When that was by the clock on the wall, from 1970.
  VirtualTime WallTime() const;
  // That clock, for tasks. Its offset changes where somebody sets the clock.
  const WallClock& wall() const { return wall_; }

  // Runs until Stop(), or until `is_done` says so, which is asked after each
  // turn. Errors: Internal for an exception of a task, of which the message
  // tells.
  absl::Status Run(const std::function<bool()>& is_done = nullptr);
  // Ends Run() after the current turn. May be called by any thread.
  void Stop();
  // Calls `function` in a turn to come. May be called by any thread.
  void Post(std::function<void()> function);

  // Calls `who` once when the tasks of this turn have run. It must live until
  // then.
  void AtTurnEnd(std::shared_ptr<TurnEnd> who) {
    turn_ends_.push_back(std::move(who));
  }

 private:
  struct Io;

  absl::Status RunTasks();
  void WaitForNext();

  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  const std::thread::id thread_ = std::this_thread::get_id();
  WallClock wall_;
  std::unique_ptr<Io> io_;
  Scheduler scheduler_{Seed(0)};
  std::vector<std::shared_ptr<TurnEnd>> turn_ends_;
  bool is_stopped_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_EVENT_LOOP_H_
