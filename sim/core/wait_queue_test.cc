#include "reprise/sim/core/wait_queue.h"

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/time_source.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WaitQueueTest : public TaskFixture {
 protected:
  // Tasks that wait in `queue` and write their names when woken.
  void SpawnWaiters(WaitQueue& queue,
                    std::initializer_list<const char*> names) {
    for (const char* name : names) {
      Spawn(name, [this, &queue, name] {
        if (queue.Wait({.what = "a test"})) Log(name);
      });
    }
  }
};

TEST_F(WaitQueueTest, WakesOneTaskAtATimeInTheOrderOfWaiting) {
  WaitQueue queue;
  SpawnWaiters(queue, {"a", "b", "c"});
  Spawn("waker", [&] {
    queue.WakeOne();
    queue.WakeOne();
  });
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_THAT(log_, ElementsAre("a", "b"));
  scheduler_.Shutdown();
}

TEST_F(WaitQueueTest, WakesAllInTheOrderOfWaiting) {
  WaitQueue queue;
  SpawnWaiters(queue, {"a", "b", "c"});
  Spawn("waker", [&] { queue.WakeAll(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c"));
}

TEST_F(WaitQueueTest, WakingNobodyIsNotKeptForLater) {
  WaitQueue queue;
  Spawn("waker", [&] { EXPECT_EQ(queue.WakeOne(), nullptr); });
  SpawnWaiters(queue, {"a"});
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_THAT(log_, IsEmpty());
  scheduler_.Shutdown();
}

TEST_F(WaitQueueTest, AWokenTaskRunsAfterTheOneThatWokeIt) {
  WaitQueue queue;
  SpawnWaiters(queue, {"woken"});
  Spawn("waker", [&] {
    queue.WakeOne();
    Log("waker");
  });
  Run();
  EXPECT_THAT(log_, ElementsAre("waker", "woken"));
}

TEST_F(WaitQueueTest, ATaskLeavesAtItsDeadline) {
  WaitQueue queue;
  Spawn("waits", [&] {
    EXPECT_FALSE(queue.Wait({.what = "a test"}, VirtualTime::Milliseconds(10)));
    EXPECT_TRUE(queue.empty());
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
}

TEST_F(WaitQueueTest, AWakingAtTheInstantOfTheDeadlineCountsIfItComesFirst) {
  WaitQueue queue;
  Spawn("waker", [&] {
    SleepFor(Milliseconds(10));
    queue.WakeOne();
  });
  Spawn("waits", [&] {
    EXPECT_TRUE(queue.Wait({.what = "a test"}, VirtualTime::Milliseconds(10)));
    Log("woken");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("woken"));
}

TEST_F(WaitQueueTest, AKilledTaskLeavesFromAnyPlace) {
  for (const int killed : {0, 1, 2}) {
    WaitQueue queue;
    log_.clear();
    for (int i = 0; i < 3; ++i) {
      TaskGroup& group = i == killed ? other_group_ : group_;
      scheduler_.Spawn(group, "waits", [this, &queue, i] {
        queue.Wait({.what = "a test"});
        Log(std::to_string(i));
      });
    }
    Run();
    scheduler_.Kill(other_group_);
    Spawn("waker", [&queue] { queue.WakeAll(); });
    EXPECT_EQ(Run().end, RunEnd::kIdle);
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(log_.size(), 2u);
  }
}

TEST_F(WaitQueueTest, OnlyATaskCanWait) {
  WaitQueue queue;
  const ScopedContext world({&scheduler_, nullptr, nullptr, nullptr});
  EXPECT_DEATH(queue.Wait({.what = "a test"}),
               "waits for a test, but only a task can wait");
}

TEST_F(WaitQueueTest, MustOutliveItsWaitersWhileTheWorldRuns) {
  const auto destroy_too_early = [this] {
    auto queue = std::make_unique<WaitQueue>();
    SpawnWaiters(*queue, {"a"});
    Spawn("owner", [&queue] { queue = nullptr; });
    Run();
  };
  EXPECT_DEATH(destroy_too_early(), "destroyed while tasks wait in it");
}

TEST_F(WaitQueueTest, ItsWaitersCanUnwindWhenItIsGoneButNotRun) {
  {
    WaitQueue queue;
    SpawnWaiters(queue, {"a"});
    Run();
  }
  EXPECT_DEATH(Run(), "wait group that is gone");
  scheduler_.Shutdown();
  EXPECT_EQ(scheduler_.Tasks().size(), 0u);
}

class LateClock : public TimeSource {
 public:
  VirtualTime Now() const override { return VirtualTime::Seconds(7); }
};

TEST_F(WaitQueueTest, NowIsThatOfTheGroupsOwnSourceOfTime) {
  const LateClock clock;
  group_.SetTimeSource(clock);
  Spawn("here", [&] { EXPECT_EQ(WaitQueue::Now(), clock.Now()); });
  SpawnOther("there", [&] { EXPECT_EQ(WaitQueue::Now(), VirtualTime()); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

}  // namespace
}  // namespace reprise
