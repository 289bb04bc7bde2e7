// What a task that is cancelled gives back, and what it can still do.

#include <string>

#include "absl/cleanup/cleanup.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {
namespace {

using testing::ElementsAre;

using CancelTest = TaskFixture;

TEST_F(CancelTest, CancelHandsTheMutexToTheTaskThatWaitsForIt) {
  Mutex mutex;
  const TaskHandle holder = Spawn("holder", [&] {
    const MutexLock lock(mutex);
    scheduler_.Park({.what = "nothing"});
  });
  Spawn("next", [&] {
    const MutexLock lock(mutex);
    Log("locked");
  });
  Spawn("cancels", [&] { holder.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("locked"));
}

// Unlock made it the holder, but it never ran again.
TEST_F(CancelTest, CancelHandsOnAMutexThatItsTaskWasJustHanded) {
  Mutex mutex;
  TaskHandle second;
  Spawn("first", [&] {
    {
      const MutexLock lock(mutex);
      SleepFor(Milliseconds(1));
    }
    second.Cancel();
  });
  second = Spawn("second", [&] { const MutexLock lock(mutex); });
  for (const char* name : {"third", "fourth"}) {
    Spawn(name, [&, name] {
      const MutexLock lock(mutex);
      Log(name);
      SleepFor(Milliseconds(1));
    });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("third", "fourth"));
}

TEST_F(CancelTest, CancelGivesAnUnusedWakeToTheNextThatWaits) {
  Channel<int> channel(1);
  const TaskHandle first = Spawn("first", [&] {
    channel.Receive();
    Log("not reached");
  });
  Spawn("second", [&] { Log(std::to_string(*channel.Receive())); });
  Spawn("sends", [&] {
    channel.Send(42);
    first.Cancel();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("42"));
}

TEST_F(CancelTest, CancelGivesAnUnusedNotificationToTheNextThatWaits) {
  Mutex mutex;
  Condition condition;
  const auto waits = [&](const char* name) {
    return Spawn(name, [&, name] {
      const MutexLock lock(mutex);
      condition.Wait(mutex);
      Log(name);
    });
  };
  const TaskHandle first = waits("first");
  waits("second");
  Spawn("notifies", [&] {
    const MutexLock lock(mutex);
    condition.NotifyOne();
    // Lets the first wake, and wait for the mutex.
    SleepFor(Milliseconds(1));
    first.Cancel();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("second"));
}

TEST_F(CancelTest, WhatACancelledTaskSetsSendsAndSpawnsCounts) {
  Future<int> answer;
  Channel<int> channel(1);
  WaitGroup done;
  done.Add(1);
  const TaskHandle task = Spawn("victim", [&] {
    const absl::Cleanup at_end = [&] {
      answer.Set(1);
      channel.Send(2);
      // There is no room, and it cannot wait.
      EXPECT_FALSE(channel.Send(3));
      done.Done();
      Spawn("new", [this] { Log("new"); });
    };
    scheduler_.Park({.what = "nothing"});
  });
  Spawn("listens", [&] {
    EXPECT_EQ(answer.Get(), 1);
    EXPECT_EQ(channel.Receive(), 2);
    done.Wait();
    Log("heard");
  });
  Spawn("cancels", [&] { task.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("heard", "new"));
}

TEST_F(CancelTest, ATaskThatCancelsItselfEndsWhereItWouldWait) {
  TaskHandle self;
  self = Spawn("self", [&] {
    const absl::Cleanup at_end = [this] { Log("unwound"); };
    self.Cancel();
    self.Cancel();
    EXPECT_FALSE(self.IsDone());
    Log("goes on");
    SleepFor(Milliseconds(1));
    Log("not reached");
  });
  Spawn("joins", [&] {
    self.Join();
    Log("joined");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_TRUE(self.IsDone());
  EXPECT_THAT(log_, ElementsAre("goes on", "unwound", "joined"));
  EXPECT_EQ(scheduler_.now(), VirtualTime());
}

TEST_F(CancelTest, ATaskThatCancelsItselfMayEndWithoutWaiting) {
  TaskHandle self;
  self = Spawn("self", [&] { self.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_TRUE(self.IsDone());
}

// "b" is cancelled by "a" and cancels "a" while it unwinds.
TEST_F(CancelTest, TwoTasksThatCancelEachOtherBothEnd) {
  TaskHandle a;
  const TaskHandle b = Spawn("b", [&] {
    const absl::Cleanup at_end = [&] {
      a.Cancel();
      Log("b");
    };
    scheduler_.Park({.what = "nothing"});
  });
  a = Spawn("a", [&] {
    const absl::Cleanup at_end = [this] { Log("a"); };
    b.Cancel();
    Log("cancelled");
    scheduler_.Yield();
    Log("not reached");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("b", "cancelled", "a"));
}

TEST_F(CancelTest, ACancelledTaskCannotWait) {
  WaitQueue queue;
  Mutex mutex;
  Spawn("holder", [&] {
    const MutexLock lock(mutex);
    scheduler_.Park({.what = "nothing"});
  });
  const TaskHandle task = Spawn("victim", [&] {
    const absl::Cleanup at_end = [&] {
      SleepFor(Seconds(1));
      EXPECT_FALSE(queue.Wait({.what = "nothing"}));
      EXPECT_FALSE(mutex.TryLock());
      const MutexLock lock(mutex);
      Log("unwound");
    };
    queue.Wait({.what = "nothing"});
  });
  Spawn("cancels", [&] { task.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_EQ(scheduler_.now(), VirtualTime());
  EXPECT_THAT(log_, ElementsAre("unwound"));
  scheduler_.Shutdown();
}

TEST_F(CancelTest, RefusesAHandlerThatSwallowsTheUnwinding) {
  const auto cancel_greedy = [this] {
    const TaskHandle task = Spawn("greedy", [this] {
      try {
        scheduler_.Park({.what = "nothing"});
        // tidy: allow(catch-all) what the test is about
      } catch (...) {
      }
    });
    Run();
    task.Cancel();
  };
  EXPECT_DEATH(cancel_greedy(),
               "task \"greedy\" of node \"host\" went on after it was to end");
}

TEST_F(CancelTest, ReportsALoopThatWaitsInVainWhileItUnwinds) {
  const auto cancel_endless = [this] {
    WaitQueue queue;
    const TaskHandle task = Spawn("endless", [&] {
      const absl::Cleanup at_end = [&] {
        while (!queue.Wait({.what = "nothing"})) {
        }
      };
      queue.Wait({.what = "nothing"});
    });
    Run();
    task.Cancel();
  };
  EXPECT_DEATH(cancel_endless(), "task \"endless\" of node \"host\" went on");
}

TEST_F(CancelTest, TellsTheGroupsObserverOfEachCancel) {
  other_group_.ObserveCancels([this](const Task& task) { Log(task.name()); });
  const TaskHandle waits =
      SpawnOther("waits", [this] { scheduler_.Park({.what = "nothing"}); });
  TaskHandle self;
  self = SpawnOther("self", [&] {
    self.Cancel();
    SleepFor(Milliseconds(1));
  });
  Run();
  const TaskHandle fresh = SpawnOther("fresh", [] {});
  waits.Cancel();
  fresh.Cancel();
  SpawnOther("crashes", [this] { scheduler_.Park({.what = "nothing"}); });
  scheduler_.Kill(other_group_);
  EXPECT_THAT(log_, ElementsAre("self", "waits", "fresh"));
}

}  // namespace
}  // namespace reprise
