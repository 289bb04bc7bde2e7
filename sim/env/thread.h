// Thread: a task in the clothes of std::jthread, for code that exists already.
//
// The constructor takes an Env, a function and its arguments, which it copies.
// Where the function takes a std::stop_token first, it gets the thread's own.
//
// Guarantees: as of std::jthread, but for the destructor. Nothing may suspend
// in a destructor, so it cannot join: it requests a stop, which runs the
// callbacks that wait for it, and then cancels the task where it has not ended
// (TaskHandle::Cancel). So that the function sees the request and ends in its
// own time, call request_stop() and join() before. A crash of the node ends the
// task as any other.
//
// Requires that callbacks of a stop do not suspend, and that an exception of
// the function is caught in it: one that leaves it fails the trial.
//
//   Thread writer(env, [&](std::stop_token stop) {
//     while (!stop.stop_requested()) WriteNext();
//   });
//   ...
//   writer.request_stop();
//   writer.join();

#ifndef REPRISE_SIM_ENV_THREAD_H_
#define REPRISE_SIM_ENV_THREAD_H_

#include <functional>
#include <stop_token>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/env/env.h"

namespace reprise {

class Thread {
 public:
  using id = TaskId;

  // Of no task.
  Thread() : stop_(std::nostopstate) {}

  template <typename Function, typename... Arguments>
  explicit Thread(Env& env, Function&& function, Arguments&&... arguments)
      : Thread(Start(env, "thread", std::forward<Function>(function),
                     std::forward<Arguments>(arguments)...)) {}

  // As the constructor; `name` is the task's in traces and reports.
  template <typename Function, typename... Arguments>
  static Thread Start(Env& env, std::string_view name, Function&& function,
                      Arguments&&... arguments) {
    Thread thread;
    thread.stop_ = std::stop_source();
    thread.task_ = env.tasks().Spawn(
        name,
        [stop = thread.stop_.get_token(),
         function = std::decay_t<Function>(std::forward<Function>(function)),
         arguments = std::tuple<std::decay_t<Arguments>...>(
             std::forward<Arguments>(arguments)...)]() mutable {
          Call(std::move(stop), function, arguments);
        });
    return thread;
  }

  ~Thread() { End(); }
  Thread(Thread&& other) noexcept : Thread() { swap(other); }
  Thread& operator=(Thread&& other) noexcept {
    if (this != &other) {
      Thread former(std::move(*this));
      swap(other);
    }
    return *this;
  }

  // Whether it has a task that was neither joined nor detached, ended or not.
  bool joinable() const { return task_.id() != id(); }
  // Suspends until the function has returned or was cancelled. Requires
  // joinable().
  void join();
  // The task goes on by itself. Requires joinable().
  void detach();
  id get_id() const { return task_.id(); }

  bool request_stop() { return stop_.request_stop(); }
  std::stop_token get_stop_token() const { return stop_.get_token(); }
  std::stop_source get_stop_source() const { return stop_; }

  void swap(Thread& other) noexcept {
    stop_.swap(other.stop_);
    std::swap(task_, other.task_);
  }
  // The underlying task.
  const TaskHandle& task() const { return task_; }

 private:
  template <typename Function, typename... Arguments>
  static void Call(std::stop_token stop, Function& function,
                   std::tuple<Arguments...>& arguments) {
    std::apply(
        [&](Arguments&... each) {
          if constexpr (std::is_invocable_v<Function, std::stop_token,
                                            Arguments...>) {
            std::invoke(std::move(function), std::move(stop),
                        std::move(each)...);
          } else {
            std::invoke(std::move(function), std::move(each)...);
          }
        },
        arguments);
  }
  void End();

  std::stop_source stop_;
  TaskHandle task_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_THREAD_H_
