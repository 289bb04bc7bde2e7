// tidy: allow-file(shared-ptr) a task, its work and a thread end in any order
#include "reprise/sim/real/file_worker.h"

#include <signal.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/unwinding.h"

namespace reprise {

// What the two threads share. It lives until the last call that it posted has
// been made.
//
// Invariant: a work that is pending is in todo_ or in done_, or runs.
class FileWorker::Queue : public std::enable_shared_from_this<Queue> {
 public:
  explicit Queue(EventLoop& loop) : loop_(loop) {}

  void Start() {
    // Signals are for the threads of the program.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    thread_ = std::thread([this] { Help(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void Add(std::shared_ptr<Work> work) {
    {
      const std::lock_guard lock(mutex_);
      todo_.push_back(std::move(work));
    }
    added_.notify_one();
  }

  // Blocks until everything that was added is done.
  void BlockUntilDone() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return todo_.empty() && !runs_; });
  }

  // Settles what is done.
  void Deliver() {
    std::deque<std::shared_ptr<Work>> done;
    {
      const std::lock_guard lock(mutex_);
      done.swap(done_);
    }
    for (const std::shared_ptr<Work>& work : done) {
      work->Settle();
      End(*work, WorkState::kSettled);
    }
  }

  void End() {
    std::deque<std::shared_ptr<Work>> todo;
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
      todo.swap(todo_);
    }
    added_.notify_one();
    Drop(todo);
    thread_.join();
    Drop(done_);
  }

 private:
  static void Drop(std::deque<std::shared_ptr<Work>>& works) {
    for (const std::shared_ptr<Work>& work : works) {
      End(*work, WorkState::kDropped);
    }
    works.clear();
  }
  static void End(Work& work, WorkState state) {
    work.state = state;
    work.waiters.WakeAll();
  }

  // The body of the helping thread.
  void Help() {
    std::unique_lock lock(mutex_);
    for (;;) {
      added_.wait(lock, [this] { return is_ending_ || !todo_.empty(); });
      if (is_ending_) return;
      std::shared_ptr<Work> work = std::move(todo_.front());
      todo_.pop_front();
      runs_ = true;
      lock.unlock();
      work->Do();
      lock.lock();
      runs_ = false;
      const bool is_first = done_.empty();
      done_.push_back(std::move(work));
      if (todo_.empty()) idle_.notify_all();
      if (!is_first) continue;
      lock.unlock();
      loop_.Post([self = shared_from_this()] { self->Deliver(); });
      lock.lock();
    }
  }

  EventLoop& loop_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable idle_;
  // These are both threads', by mutex_.
  std::deque<std::shared_ptr<Work>> todo_;
  std::deque<std::shared_ptr<Work>> done_;
  bool runs_ = false;
  bool is_ending_ = false;
};

FileWorker::FileWorker(EventLoop& loop)
    : queue_(std::make_shared<Queue>(loop)) {
  queue_->Start();
}

FileWorker::~FileWorker() { queue_->End(); }

absl::Status FileWorker::Wait(const std::shared_ptr<Work>& work) {
  if (IsUnwinding()) return Unwinding();
  queue_->Add(work);
  if (CurrentContext().task == nullptr) {
    queue_->BlockUntilDone();
    queue_->Deliver();
    return absl::OkStatus();
  }
  while (work->state == WorkState::kPending) {
    work->waiters.Wait({.what = "the disk"});
  }
  if (work->state == WorkState::kSettled) return absl::OkStatus();
  return absl::CancelledError("the disk was closed");
}

}  // namespace reprise
