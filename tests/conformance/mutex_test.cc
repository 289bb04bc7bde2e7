#include "reprise/sim/core/mutex.h"

#include <mutex>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using testing::ElementsAre;

class MutexTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, MutexTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(MutexTest, OneTaskAtATimeHoldsIt) {
  Run([](Env& env) {
    Mutex mutex;
    int inside = 0;
    std::vector<TaskHandle> tasks;
    for (int i = 0; i < 4; ++i) {
      tasks.push_back(env.tasks().Spawn("task", [&] {
        const MutexLock lock(mutex);
        EXPECT_EQ(++inside, 1);
        env.clock().SleepFor(Microseconds(200));
        --inside;
      }));
    }
    for (const TaskHandle& task : tasks) task.Join();
  });
}

TEST_P(MutexTest, FirstComeFirstServed) {
  Run([](Env& env) {
    Mutex mutex;
    std::vector<std::string> served;
    mutex.Lock();
    TaskHandle last;
    for (const char* name : {"a", "b", "c"}) {
      last = env.tasks().Spawn(name, [&, name] {
        const MutexLock lock(mutex);
        served.emplace_back(name);
      });
    }
    env.tasks().Yield();
    mutex.Unlock();
    // Unlock hands it to the task that has waited longest.
    EXPECT_FALSE(mutex.TryLock());
    last.Join();
    EXPECT_THAT(served, ElementsAre("a", "b", "c"));
  });
}

TEST_P(MutexTest, TryLockNeverWaits) {
  Run([](Env& env) {
    Mutex mutex;
    EXPECT_TRUE(mutex.TryLock());
    env.tasks().Spawn("other", [&] { EXPECT_FALSE(mutex.TryLock()); }).Join();
    mutex.Unlock();
    EXPECT_TRUE(mutex.TryLock());
    mutex.Unlock();
  });
}

TEST_P(MutexTest, IsTheStandardsLockable) {
  Run([](Env&) {
    Mutex first;
    Mutex second;
    { const std::scoped_lock both(first, second); }
    std::unique_lock lock(first, std::try_to_lock);
    EXPECT_TRUE(lock.owns_lock());
  });
}

}  // namespace
}  // namespace reprise
