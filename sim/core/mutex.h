// Mutex and Condition for the tasks of one world.
//
// Tasks give way only where they suspend, so a mutex is needed only around code
// that suspends.
//
// Guarantees: first come, first served; Unlock hands the mutex to the task that
// has waited longest. While a crashed task unwinds, Unlock frees the mutexes
// that the task held, and every other function is a no-op.
//
//   MutexLock lock(mutex);
//   while (queue.empty()) condition.Wait(mutex);

#ifndef REPRISE_SIM_CORE_MUTEX_H_
#define REPRISE_SIM_CORE_MUTEX_H_

#include <string_view>

#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

class Mutex {
 public:
  // `name` appears in reports on deadlocks; its text must outlive the mutex.
  explicit Mutex(std::string_view name = {}) : name_(name) {}

  // Requires that the running task does not hold it.
  void Lock();
  // Requires that the running task holds it.
  void Unlock();

 private:
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
  void Wait(Mutex& mutex);
  // As Wait, but for no longer than `timeout` by the clock that the task sees;
  // returns whether it was notified.
  bool WaitFor(Mutex& mutex, Duration timeout);

  void NotifyOne() { waiters_.WakeOne(); }
  void NotifyAll() { waiters_.WakeAll(); }

 private:
  std::string_view name_;
  WaitQueue waiters_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MUTEX_H_
