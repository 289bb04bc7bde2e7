#include "reprise/sim/core/mutex.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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

}  // namespace
}  // namespace reprise
