// tidy: allow-file(wall-clock) its time is the machine's
// tidy: allow-file(shared-ptr) what Asio has pending refers to it
#include "reprise/sim/real/event_loop.h"

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "asio/executor_work_guard.hpp"
#include "asio/io_context.hpp"
#include "asio/post.hpp"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/wall_time.h"

namespace reprise {

struct EventLoop::Io {
  // One thread runs it.
  asio::io_context context{1};
  // It has more to come even where nothing is pending.
  asio::executor_work_guard<asio::io_context::executor_type> work{
      context.get_executor()};
};

EventLoop::EventLoop() : io_(std::make_unique<Io>()) {
  wall_.SetOffset(WallTimeNow() - Now());
}

EventLoop::~EventLoop() = default;

asio::io_context& EventLoop::io() { return io_->context; }

VirtualTime EventLoop::Now() const {
  const auto passed = std::chrono::steady_clock::now() - start_;
  return VirtualTime::Nanoseconds(
      std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count());
}

VirtualTime EventLoop::WallTime() const { return WallTimeNow(); }

void EventLoop::Stop() {
  Post([this] { is_stopped_ = true; });
}

void EventLoop::Post(std::function<void()> function) {
  asio::post(io_->context, std::move(function));
}

absl::Status EventLoop::Run(const std::function<bool()>& is_done) {
  if (std::this_thread::get_id() != thread_) {
    Misuse("another thread runs a RealWorld than the one that made it",
           "make the world in the thread that calls its Run()");
  }
  Context context = CurrentContext();
  context.scheduler = &scheduler_;
  const ScopedContext scope(context);
  is_stopped_ = false;
  while (!is_stopped_) {
    const absl::Status status = RunTasks();
    if (!status.ok()) return status;
    std::vector<std::shared_ptr<TurnEnd>> turn_ends;
    turn_ends.swap(turn_ends_);
    for (const std::shared_ptr<TurnEnd>& who : turn_ends) who->OnTurnEnd();
    if (is_done != nullptr && is_done()) break;
    WaitForNext();
  }
  return absl::OkStatus();
}

// Tasks that became ready, and timers whose time has come.
absl::Status EventLoop::RunTasks() {
  const VirtualTime now = Now();
  if (scheduler_.next_event_time() > now) return absl::OkStatus();
  wall_.SetOffset(WallTimeNow() - now);
  const RunResult result = scheduler_.Run({.end = now, .is_open = true});
  if (result.end != RunEnd::kFailed) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(result.failure->who, " ",
                                          result.failure->what, "\n",
                                          result.failure->DescribeStack()));
}

void EventLoop::WaitForNext() {
  asio::io_context& io = io_->context;
  if (!turn_ends_.empty()) {
    io.poll();
    return;
  }
  const VirtualTime next = scheduler_.next_event_time();
  if (next == VirtualTime::Infinite()) {
    io.run_one();
  } else {
    io.run_one_until(start_ + std::chrono::nanoseconds(next.nanoseconds()));
  }
  io.poll();
}

}  // namespace reprise
