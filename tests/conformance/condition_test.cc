// Condition of sim/core/mutex.h.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

class ConditionTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, ConditionTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(ConditionTest, WaitUnlocksAndLocksAgain) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    bool is_ready = false;
    const TaskHandle waiter = env.tasks().Spawn("waiter", [&] {
      const MutexLock lock(mutex);
      while (!is_ready) condition.Wait(mutex);
      EXPECT_FALSE(mutex.TryLock());
    });
    env.tasks().Yield();
    {
      const MutexLock lock(mutex);
      is_ready = true;
      condition.NotifyOne();
    }
    EXPECT_TRUE(waiter.JoinFor(kLong));
  });
}

TEST_P(ConditionTest, NotifyOneWakesTheLongestWaiterAndNotifyAllTheRest) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    std::vector<std::string> woken;
    TaskHandle last;
    for (const char* name : {"a", "b", "c"}) {
      last = env.tasks().Spawn(name, [&, name] {
        const MutexLock lock(mutex);
        condition.Wait(mutex);
        woken.emplace_back(name);
      });
    }
    env.tasks().Yield();
    condition.NotifyOne();
    env.clock().SleepFor(Milliseconds(1));
    EXPECT_THAT(woken, ElementsAre("a"));
    condition.NotifyAll();
    EXPECT_TRUE(last.JoinFor(kLong));
    EXPECT_THAT(woken, ElementsAre("a", "b", "c"));
  });
}

TEST_P(ConditionTest, WaitForEndsByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    const MutexLock lock(mutex);
    VirtualTime before = env.clock().Now();
    EXPECT_FALSE(condition.WaitFor(mutex, Milliseconds(4)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(4));
    before = env.clock().Now();
    EXPECT_FALSE(condition.WaitUntil(mutex, before + Milliseconds(4)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(4));
    EXPECT_FALSE(mutex.TryLock());
  });
}

TEST_P(ConditionTest, WaitForTellsOfANotification) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    const MutexLock lock(mutex);
    env.tasks().Spawn("notifier", [&] { condition.NotifyOne(); });
    const VirtualTime before = env.clock().Now();
    EXPECT_TRUE(condition.WaitFor(mutex, kLong));
    EXPECT_LT(env.clock().Now(), before + kLong);
  });
}

TEST_P(ConditionTest, ANotificationOfACancelledTaskGoesToTheNext) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    const auto wait = [&] {
      const MutexLock lock(mutex);
      condition.Wait(mutex);
    };
    const TaskHandle first = env.tasks().Spawn("first", wait);
    const TaskHandle second = env.tasks().Spawn("second", wait);
    env.tasks().Yield();
    condition.NotifyOne();
    first.Cancel();
    EXPECT_TRUE(second.JoinFor(kLong));
  });
}

TEST_P(ConditionTest, IsUsedAsTheStandards) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    std::unique_lock lock(mutex);
    EXPECT_EQ(condition.wait_for(lock, milliseconds(2)),
              std::cv_status::timeout);
    EXPECT_EQ(condition.wait_until(lock, SteadyClock::now() + milliseconds(2)),
              std::cv_status::timeout);
    EXPECT_FALSE(
        condition.wait_for(lock, milliseconds(2), [] { return false; }));
    bool is_ready = false;
    env.tasks().Spawn("notifier", [&] {
      is_ready = true;
      condition.notify_all();
    });
    EXPECT_TRUE(
        condition.wait_for(lock, seconds(30), [&] { return is_ready; }));
    EXPECT_TRUE(lock.owns_lock());
  });
}

TEST_P(ConditionTest, AStopThatIsRequestedEndsAWait) {
  Run([](Env& env) {
    Mutex mutex;
    Condition condition;
    std::stop_source stop;
    env.tasks().Spawn("stopper", [&] { stop.request_stop(); });
    std::unique_lock lock(mutex);
    EXPECT_FALSE(condition.wait(lock, stop.get_token(), [] { return false; }));
  });
}

}  // namespace
}  // namespace reprise
