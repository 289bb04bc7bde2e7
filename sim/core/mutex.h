// Mutex and Condition for the tasks of one world.
//
// Tasks give way only where they suspend, so a mutex is needed only around code
// that suspends.
//
// Guarantees: first come, first served; Unlock hands the mutex to the task that
// has waited longest. While a crashed task unwinds, Unlock frees the mutexes
// that the task held, and every other function is a no-op. While a cancelled
// one does, Unlock hands them on and notifications count; nothing can be locked
// or waited for. A notification whose task is cancelled before it has the mutex
// again goes to the next that waits.
//
// The functions in lower case are the standard's: Mutex is Lockable, so that
// std::unique_lock<Mutex> and std::scoped_lock work, and a Condition is used as
// a std::condition_variable_any. New code may use either face of the classes.
//
//   MutexLock lock(mutex);
//   while (queue.empty()) condition.Wait(mutex);
//
//   std::unique_lock lock(mutex);
//   condition.wait_for(lock, 50ms, [&] { return !queue.empty(); });

#ifndef REPRISE_SIM_CORE_MUTEX_H_
#define REPRISE_SIM_CORE_MUTEX_H_

#include <chrono>
#include <condition_variable>
#include <stop_token>
#include <string_view>

#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

class Mutex {
 public:
  // `name` appears in reports on deadlocks; its text must outlive the mutex.
  explicit Mutex(std::string_view name = {}) : name_(name) {}

  // Requires that the running task does not hold it.
  void Lock();
  // As Lock, where nobody holds it; returns whether it was locked. Never waits.
  bool TryLock();
  // Requires that the running task holds it.
  void Unlock();

  void lock() { Lock(); }
  bool try_lock() { return TryLock(); }
  void unlock() { Unlock(); }

 private:
  // What Unlock is to a task that unwinds.
  void LetGo(const Task& task);

  std::string_view name_;
  const Task* holder_ = nullptr;
  WaitQueue waiters_;
};

class MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

class Condition {
 public:
  explicit Condition(std::string_view name = {}) : name_(name) {}

  // Unlocks, waits for a notification, locks again. Requires that the running
  // task holds `mutex`.
  void Wait(Mutex& mutex) { WaitUntil(mutex, VirtualTime::Infinite()); }
  // As Wait, but for no longer than `timeout`, or until `deadline`, by the
  // clock that the task sees; returns whether it was notified.
  bool WaitFor(Mutex& mutex, Duration timeout);
  bool WaitUntil(Mutex& mutex, VirtualTime deadline) {
    return WaitUnlocked(mutex, deadline);
  }

  void NotifyOne() { waiters_.WakeOne(); }
  void NotifyAll() { waiters_.WakeAll(); }

  // As of std::condition_variable_any. `lock` is a std::unique_lock<Mutex>, a
  // Mutex, or whatever has lock() and unlock(). Time points are of SteadyClock
  // or SystemClock. Where the task unwinds, each returns at once.
  void notify_one() { NotifyOne(); }
  void notify_all() { NotifyAll(); }

  template <typename Lock>
  void wait(Lock& lock) {
    WaitUnlocked(lock, VirtualTime::Infinite());
  }
  template <typename Lock, typename Predicate>
  void wait(Lock& lock, Predicate is_ready) {
    WaitUntilReady(lock, VirtualTime::Infinite(), is_ready);
  }
  // Until `is_ready()` or until a stop is requested; returns is_ready().
  template <typename Lock, typename Predicate>
  bool wait(Lock& lock, std::stop_token stop, Predicate is_ready) {
    const std::stop_callback wakes(stop, [this] { NotifyAll(); });
    WaitUntilReady(lock, VirtualTime::Infinite(),
                   [&] { return stop.stop_requested() || is_ready(); });
    return is_ready();
  }

  template <typename Lock, typename Rep, typename Period>
  std::cv_status wait_for(Lock& lock,
                          std::chrono::duration<Rep, Period> timeout) {
    return StatusOf(WaitUnlocked(lock, In(ToDuration(timeout))));
  }
  template <typename Lock, typename Rep, typename Period, typename Predicate>
  bool wait_for(Lock& lock, std::chrono::duration<Rep, Period> timeout,
                Predicate is_ready) {
    return WaitUntilReady(lock, In(ToDuration(timeout)), is_ready);
  }

  template <typename Lock, VirtualClock C, typename D>
  std::cv_status wait_until(Lock& lock, std::chrono::time_point<C, D> time) {
    return StatusOf(WaitUnlocked(lock, In(ToDuration(time - C::now()))));
  }
  template <typename Lock, VirtualClock C, typename D, typename Predicate>
  bool wait_until(Lock& lock, std::chrono::time_point<C, D> time,
                  Predicate is_ready) {
    return WaitUntilReady(lock, In(ToDuration(time - C::now())), is_ready);
  }

 private:
  // A notification that a task was woken by and has not acted on.
  class Notification {
   public:
    explicit Notification(WaitQueue& waiters) : waiters_(waiters) {}
    ~Notification();
    void Arrive() { is_pending_ = true; }
    void Use() { is_pending_ = false; }

   private:
    WaitQueue& waiters_;
    bool is_pending_ = false;
  };

  static VirtualTime In(Duration timeout) { return WaitQueue::Now() + timeout; }
  static std::cv_status StatusOf(bool was_notified) {
    return was_notified ? std::cv_status::no_timeout : std::cv_status::timeout;
  }
  // Whether the running task can wait, because it does not unwind.
  static bool CanWait();
  bool WaitForNotification(VirtualTime deadline);

  // Returns whether it was notified.
  template <typename Lock>
  bool WaitUnlocked(Lock& lock, VirtualTime deadline) {
    Notification notification(waiters_);
    lock.unlock();
    const bool was_notified = WaitForNotification(deadline);
    if (was_notified) notification.Arrive();
    lock.lock();
    notification.Use();
    return was_notified;
  }

  // Returns is_ready().
  template <typename Lock, typename Predicate>
  bool WaitUntilReady(Lock& lock, VirtualTime deadline, Predicate is_ready) {
    while (!is_ready()) {
      if (!CanWait()) return false;
      if (!WaitUnlocked(lock, deadline)) return is_ready();
    }
    return true;
  }

  std::string_view name_;
  WaitQueue waiters_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MUTEX_H_
