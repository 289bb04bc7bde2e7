#include "reprise/sim/core/task_handle.h"

#include <functional>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class TaskHandleTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, TaskHandleTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(TaskHandleTest, OfNoTaskIsDone) {
  Run([](Env&) {
    const TaskHandle none;
    EXPECT_EQ(none.id(), TaskId());
    EXPECT_TRUE(none.IsDone());
    none.Join();
    none.Cancel();
  });
}

TEST_P(TaskHandleTest, JoinWaitsUntilTheTaskHasEnded) {
  Run([](Env& env) {
    bool has_ended = false;
    const TaskHandle task = env.tasks().Spawn("task", [&] {
      env.clock().SleepFor(Milliseconds(3));
      has_ended = true;
    });
    EXPECT_NE(task.id(), TaskId());
    EXPECT_FALSE(task.IsDone());
    task.Join();
    EXPECT_TRUE(has_ended);
    EXPECT_TRUE(task.IsDone());
    task.Join();
  });
}

TEST_P(TaskHandleTest, JoinUntilADeadlineByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    Future<bool> gate;
    const TaskHandle task = env.tasks().Spawn("task", [&] { gate.Get(); });
    const VirtualTime deadline = env.clock().Now() + Milliseconds(4);
    EXPECT_FALSE(task.JoinUntil(deadline));
    EXPECT_GE(env.clock().Now(), deadline);
    const VirtualTime before = env.clock().Now();
    EXPECT_FALSE(task.JoinFor(Milliseconds(4)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(4));
    gate.Set(true);
    EXPECT_TRUE(task.JoinFor(kLong));
  });
}

TEST_P(TaskHandleTest, MayBeCopiedAndKeptAfterItsTaskHasEnded) {
  Run([](Env& env) {
    const TaskHandle task = env.tasks().Spawn("task", [] {});
    const TaskHandle copy = task;
    task.Join();
    for (int i = 0; i < 10; ++i) env.tasks().Spawn("later", [] {}).Join();
    EXPECT_TRUE(copy.IsDone());
    EXPECT_EQ(copy.id(), task.id());
    copy.Cancel();
  });
}

TEST_P(TaskHandleTest, CancelEndsATaskAtOnceWhereverItWaits) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    Mutex mutex;
    const MutexLock lock(mutex);
    Channel<int> channel(1);
    Future<int> future;
    const auto expect_ends = [&](std::function<void()> wait) {
      bool unwound = false;
      bool returned = false;
      const TaskHandle task = env.tasks().Spawn("waits", [&] {
        const AtEnd note([&] { unwound = true; });
        wait();
        returned = true;
      });
      env.tasks().Yield();
      EXPECT_FALSE(task.IsDone());
      task.Cancel();
      EXPECT_TRUE(task.IsDone());
      EXPECT_TRUE(unwound);
      EXPECT_FALSE(returned);
    };
    expect_ends([&] { env.clock().SleepFor(kLong); });
    expect_ends([&] { mutex.Lock(); });
    expect_ends([&] { (void)channel.Receive(); });
    expect_ends([&] { (void)future.Get(); });
    expect_ends([&] { env.tasks().WaitUntilStopped(); });
    expect_ends([&] { (void)env.network().Call(server, "never", ""); });
  });
}

TEST_P(TaskHandleTest, CancelEndsATaskThatHasNotBegun) {
  Run([](Env& env) {
    bool has_run = false;
    const TaskHandle task = env.tasks().Spawn("task", [&] { has_run = true; });
    task.Cancel();
    EXPECT_TRUE(task.IsDone());
    env.clock().SleepFor(Milliseconds(1));
    EXPECT_FALSE(has_run);
  });
}

TEST_P(TaskHandleTest, AMutexOfACancelledTaskGoesToTheTaskThatWaitsForIt) {
  Mutex mutex;
  Run([&](Env& env) {
    const TaskHandle holder = env.tasks().Spawn("holder", [&] {
      const MutexLock lock(mutex);
      env.clock().SleepFor(kLong);
    });
    bool is_locked = false;
    const TaskHandle waiter = env.tasks().Spawn("waiter", [&] {
      const MutexLock lock(mutex);
      is_locked = true;
    });
    env.tasks().Yield();
    holder.Cancel();
    EXPECT_TRUE(waiter.JoinFor(kLong));
    ASSERT_TRUE(is_locked);
    EXPECT_TRUE(mutex.TryLock());
    mutex.Unlock();
  });
}

TEST_P(TaskHandleTest, AWakeThatACancelledTaskHadNotUsedGoesToTheNext) {
  Run([](Env& env) {
    Channel<int> channel(1);
    int received = 0;
    const auto receive = [&] { received += channel.Receive().value_or(0); };
    const TaskHandle first = env.tasks().Spawn("first", receive);
    const TaskHandle second = env.tasks().Spawn("second", receive);
    env.tasks().Yield();
    EXPECT_TRUE(channel.TrySend(7));
    first.Cancel();
    EXPECT_TRUE(second.JoinFor(kLong));
    EXPECT_EQ(received, 7);
  });
}

TEST_P(TaskHandleTest, WhatDestructorsOfACancelledTaskSetAndSendCounts) {
  Run([](Env& env) {
    Future<int> future;
    Channel<int> channel(1);
    const TaskHandle task = env.tasks().Spawn("task", [&] {
      const AtEnd tell([&] {
        future.Set(1);
        channel.TrySend(2);
      });
      env.clock().SleepFor(kLong);
    });
    int got = 0;
    const TaskHandle waiter =
        env.tasks().Spawn("waiter", [&] { got = future.Get(); });
    env.tasks().Yield();
    task.Cancel();
    EXPECT_TRUE(waiter.JoinFor(kLong));
    EXPECT_EQ(got, 1);
    EXPECT_EQ(channel.TryReceive(), 2);
  });
}

TEST_P(TaskHandleTest, CallsOfEnvThatWouldWaitAnswerCancelledMeanwhile) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    bool was_asked = false;
    const TaskHandle task = env.tasks().Spawn("task", [&] {
      const AtEnd ask([&] {
        EXPECT_EQ(env.network().Call(server, "echo", "x").status().code(),
                  absl::StatusCode::kCancelled);
        EXPECT_EQ(env.network().Resolve("server").status().code(),
                  absl::StatusCode::kCancelled);
        env.clock().SleepFor(kLong);
        was_asked = true;
      });
      env.clock().SleepFor(kLong);
    });
    env.tasks().Yield();
    const VirtualTime before = env.clock().Now();
    task.Cancel();
    EXPECT_TRUE(was_asked);
    EXPECT_LT(env.clock().Now(), before + kLong);
  });
}

TEST_P(TaskHandleTest, ATaskThatCancelsItselfEndsWhereItWouldNextWait) {
  Run([](Env& env) {
    TaskHandle self;
    bool went_on = false;
    bool waited = false;
    self = env.tasks().Spawn("task", [&] {
      self.Cancel();
      went_on = true;
      env.clock().SleepFor(Milliseconds(1));
      waited = true;
    });
    self.Join();
    EXPECT_TRUE(went_on);
    EXPECT_FALSE(waited);
  });
}

TEST_P(TaskHandleTest, AScopedTaskEndsWithTheObject) {
  Run([](Env& env) {
    const auto sleep = [&] { env.clock().SleepFor(kLong); };
    TaskHandle first;
    TaskHandle released;
    {
      ScopedTask scoped(env.tasks().Spawn("scoped", sleep));
      first = scoped.get();
      scoped = ScopedTask(env.tasks().Spawn("next", sleep));
      EXPECT_TRUE(first.IsDone());
      first = scoped.get();
      ScopedTask other(env.tasks().Spawn("released", sleep));
      released = other.Release();
    }
    EXPECT_TRUE(first.IsDone());
    EXPECT_FALSE(released.IsDone());
    released.Cancel();
  });
}

TEST_P(TaskHandleTest, ACrashWakesThoseOnOtherNodesWhoJoin) {
  if (const auto why = Lacks(RigTrait::kOneThread)) GTEST_SKIP() << *why;
  TaskHandle task;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    task = env.tasks().Spawn("task", [&] { env.tasks().WaitUntilStopped(); });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    const TaskHandle joiner = env.tasks().Spawn("joiner", [&] { task.Join(); });
    env.tasks().Yield();
    EXPECT_FALSE(joiner.IsDone());
    rig().Crash(server);
    EXPECT_TRUE(joiner.JoinFor(kLong));
  });
}

TEST_P(TaskHandleTest, ATaskMovedToTheBackgroundKeepsNobodyFromEnding) {
  Run([](Env& env) {
    const TaskHandle task = env.tasks().Spawn("background", [&] {
      Future<int> never;
      never.Get();
    });
    task.MoveToBackground();
    env.tasks().Yield();
    EXPECT_FALSE(task.IsDone());
  });
}

}  // namespace
}  // namespace reprise
