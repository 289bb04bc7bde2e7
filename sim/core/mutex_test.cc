#include "reprise/sim/core/mutex.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

using MutexTest = TaskFixture;
using ConditionTest = TaskFixture;

TEST_F(MutexTest, LetsOneTaskInAtATime) {
  Mutex mutex;
  int inside = 0;
  for (int i = 0; i < 5; ++i) {
    Spawn("task", [&] {
      MutexLock lock(mutex);
      EXPECT_EQ(++inside, 1);
      SleepFor(Milliseconds(1));
      --inside;
    });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
}

TEST_F(MutexTest, GoesToWhoWaitedLongest) {
  Mutex mutex;
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [&, name] {
      for (int i = 0; i < 2; ++i) {
        MutexLock lock(mutex);
        Log(name);
        SleepFor(Milliseconds(1));
      }
    });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c", "a", "b", "c"));
}

TEST_F(MutexTest, CanBeTakenAtOnceWhereNobodyHoldsIt) {
  Mutex mutex;
  Spawn("task", [&] {
    for (int i = 0; i < 3; ++i) MutexLock lock(mutex);
    Log("done");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("done"));
}

TEST_F(MutexTest, RefusesATaskThatHoldsItAlready) {
  Mutex mutex;
  Spawn("task", [&] {
    MutexLock lock(mutex);
    mutex.Lock();
  });
  EXPECT_DEATH(Run(), "the task holds this mutex already");
}

TEST_F(MutexTest, RefusesToBeUnlockedByAnother) {
  Mutex mutex;
  Spawn("holder", [&] {
    mutex.Lock();
    SleepFor(Milliseconds(1));
  });
  Spawn("other", [&] { mutex.Unlock(); });
  EXPECT_DEATH(Run(), "the task does not hold this mutex");
}

TEST_F(MutexTest, IsFreeAfterItsHolderWasKilled) {
  Mutex mutex;
  scheduler_.Spawn(other_group_, "crashes", [&] {
    MutexLock lock(mutex);
    SleepFor(Seconds(1));
  });
  Run({.end = VirtualTime::Milliseconds(1)});
  scheduler_.Kill(other_group_);
  Spawn("next", [&] {
    MutexLock lock(mutex);
    Log("locked");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("locked"));
}

// Unlock made the waiting task the holder, but it never ran again.
TEST_F(MutexTest, IsFreeAfterItsNextHolderWasKilled) {
  Mutex mutex;
  Spawn("holder", [&] {
    {
      MutexLock lock(mutex);
      SleepFor(Milliseconds(1));
    }
    scheduler_.Kill(other_group_);
    MutexLock lock(mutex);
    Log("locked");
  });
  scheduler_.Spawn(other_group_, "crashes", [&] { MutexLock lock(mutex); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("locked"));
}

TEST_F(ConditionTest, WaitsUntilNotified) {
  Mutex mutex;
  Condition condition;
  bool is_ready = false;
  Spawn("waits", [&] {
    MutexLock lock(mutex);
    while (!is_ready) condition.Wait(mutex);
    Log("ready");
  });
  Spawn("notifies", [&] {
    SleepFor(Milliseconds(3));
    MutexLock lock(mutex);
    is_ready = true;
    condition.NotifyOne();
    Log("notified");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("notified", "ready"));
}

TEST_F(ConditionTest, NotifiesOneOrAllOfThoseThatWait) {
  Mutex mutex;
  Condition condition;
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [&, name] {
      MutexLock lock(mutex);
      condition.Wait(mutex);
      Log(name);
    });
  }
  Spawn("notifies", [&] {
    condition.NotifyOne();
    SleepFor(Milliseconds(1));
    Log("then");
    condition.NotifyAll();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "then", "b", "c"));
}

TEST_F(ConditionTest, WaitsNoLongerThanItsTimeout) {
  Mutex mutex;
  Condition condition;
  Spawn("waits", [&] {
    MutexLock lock(mutex);
    EXPECT_FALSE(condition.WaitFor(mutex, Milliseconds(3)));
    EXPECT_TRUE(condition.WaitFor(mutex, Milliseconds(30)));
  });
  Spawn("notifies", [&] {
    SleepFor(Milliseconds(10));
    MutexLock lock(mutex);
    condition.NotifyAll();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
}

TEST_F(ConditionTest, HoldsTheMutexAgainAfterTheTimeout) {
  Mutex mutex;
  Condition condition;
  Spawn("waits", [&] {
    MutexLock lock(mutex);
    EXPECT_FALSE(condition.WaitFor(mutex, Milliseconds(3)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
  });
  Spawn("holds", [&] {
    MutexLock lock(mutex);
    SleepFor(Milliseconds(10));
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ConditionTest, ADeadlockNamesConditionAndMutex) {
  Mutex mutex("table");
  Condition condition("flushed");
  Spawn("waits", [&] {
    MutexLock lock(mutex);
    condition.Wait(mutex);
  });
  Spawn("holds", [&] {
    mutex.Lock();
    Condition never("compacted");
    Mutex other;
    MutexLock lock(other);
    never.Wait(other);
  });
  Spawn("blocked", [&] { MutexLock lock(mutex); });
  const RunResult result = Run();
  EXPECT_EQ(result.end, RunEnd::kDeadlocked);
  EXPECT_THAT(result.report, HasSubstr("waits for condition flushed"));
  EXPECT_THAT(result.report, HasSubstr("waits for condition compacted"));
  EXPECT_THAT(result.report, HasSubstr("waits for mutex table"));
  scheduler_.Shutdown();
}

TEST_F(MutexTest, TryLockNeverWaits) {
  Mutex mutex;
  Spawn("holds", [&] {
    EXPECT_TRUE(mutex.TryLock());
    EXPECT_FALSE(mutex.TryLock());
    SleepFor(Milliseconds(2));
    mutex.Unlock();
  });
  Spawn("tries", [&] {
    EXPECT_FALSE(mutex.try_lock());
    SleepFor(Milliseconds(3));
    EXPECT_TRUE(mutex.try_lock());
    mutex.unlock();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(MutexTest, WorksInTheStandardsLocks) {
  Mutex a;
  Mutex b;
  int inside = 0;
  const auto work = [&](Mutex& first, Mutex& second) {
    const std::scoped_lock both(first, second);
    EXPECT_EQ(++inside, 1);
    SleepFor(Milliseconds(1));
    --inside;
  };
  Spawn("a, b", [&] { work(a, b); });
  Spawn("b, a", [&] { work(b, a); });
  Spawn("a", [&] {
    std::unique_lock lock(a, std::try_to_lock);
    EXPECT_FALSE(lock.owns_lock());
    lock.lock();
    const std::lock_guard other(b);
    EXPECT_EQ(inside, 0);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ConditionTest, IsUsedAsTheStandards) {
  Mutex mutex;
  Condition condition;
  bool is_ready = false;
  Spawn("waits", [&] {
    std::unique_lock lock(mutex);
    EXPECT_EQ(condition.wait_for(lock, 2ms), std::cv_status::timeout);
    EXPECT_TRUE(lock.owns_lock());
    EXPECT_FALSE(condition.wait_for(lock, 2ms, [&] { return is_ready; }));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(4));
    const auto limit = SteadyClock::now() + 1s;
    EXPECT_TRUE(condition.wait_until(lock, limit, [&] { return is_ready; }));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
    condition.wait(lock, [&] { return !is_ready; });
    condition.wait(lock);
    EXPECT_EQ(condition.wait_until(lock, limit), std::cv_status::no_timeout);
    Log("done");
  });
  Spawn("notifies", [&] {
    SleepFor(Milliseconds(10));
    for (const bool value : {true, false, false, false}) {
      {
        const std::lock_guard lock(mutex);
        is_ready = value;
      }
      condition.notify_one();
      SleepFor(Milliseconds(1));
    }
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("done"));
}

TEST_F(ConditionTest, WaitsByTheSystemClockToo) {
  Mutex mutex;
  Condition condition;
  Spawn("waits", [&] {
    std::unique_lock lock(mutex);
    condition.wait_until(lock, SystemClock::now() + 3ms);
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(3));
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ConditionTest, AStopRequestEndsTheWait) {
  Mutex mutex;
  Condition condition;
  std::stop_source stop;
  Spawn("waits", [&] {
    std::unique_lock lock(mutex);
    const auto never = [] { return false; };
    EXPECT_FALSE(condition.wait(lock, stop.get_token(), never));
    EXPECT_FALSE(condition.wait(lock, stop.get_token(), never));
    EXPECT_TRUE(condition.wait(lock, stop.get_token(), [] { return true; }));
    Log("stopped");
  });
  Spawn("stops", [&] {
    SleepFor(Milliseconds(1));
    stop.request_stop();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("stopped"));
}

// A loop in a destructor would never end.
TEST_F(ConditionTest, WaitsForNothingWhileItsTaskUnwinds) {
  Mutex mutex;
  Condition condition;
  struct Destructor {
    Mutex& mutex;
    Condition& condition;
    ~Destructor() {
      std::unique_lock lock(mutex);
      condition.wait(lock, [] { return false; });
    }
  };
  Spawn("task", [&] {
    const Destructor destructor{mutex, condition};
    SleepFor(Seconds(1));
  });
  Run({.end = VirtualTime()});
  scheduler_.Kill(group_);
  EXPECT_EQ(group_.first(), nullptr);
}

}  // namespace
}  // namespace reprise
