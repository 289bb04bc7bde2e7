#include "reprise/sim/core/task_handle.h"

#include <memory>
#include <string_view>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TaskHandleTest : public TaskFixture {
 protected:
  // A task that waits for ever and logs its name when it unwinds.
  TaskHandle SpawnWaiting(std::string_view name) {
    return Spawn(name, [this, name] {
      const absl::Cleanup at_end = [this, name] { Log(name); };
      scheduler_.Park({.what = "nothing"});
      Log("not reached");
    });
  }
};

using ScopedTaskTest = TaskHandleTest;

TEST_F(TaskHandleTest, OfNoTaskIsDone) {
  const TaskHandle none;
  EXPECT_TRUE(none.IsDone());
  none.Join();
  none.Cancel();
  EXPECT_EQ(none.id(), TaskId());
}

TEST_F(TaskHandleTest, JoinWaitsForTheEnd) {
  const TaskHandle task = Spawn("work", [this] { SleepFor(Milliseconds(5)); });
  for (const char* name : {"a", "b"}) {
    Spawn(name, [this, task, name] {
      EXPECT_FALSE(task.IsDone());
      task.Join();
      EXPECT_TRUE(task.IsDone());
      EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
      Log(name);
      task.Join();
    });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b"));
}

TEST_F(TaskHandleTest, JoinEndsAtItsDeadline) {
  const TaskHandle task = Spawn("work", [this] { SleepFor(Milliseconds(5)); });
  Spawn("joins", [&] {
    EXPECT_FALSE(task.JoinFor(Milliseconds(2)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
    EXPECT_TRUE(task.JoinUntil(VirtualTime::Milliseconds(9)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
    EXPECT_TRUE(task.JoinUntil(VirtualTime()));
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(TaskHandleTest, ADeadlockNamesTheTaskThatIsJoined) {
  const TaskHandle task = SpawnWaiting("stuck");
  Spawn("joins", [task] { task.Join(); });
  EXPECT_THAT(Run().report,
              HasSubstr("task \"joins\" waits for the end of task stuck"));
}

TEST_F(TaskHandleTest, InTheBackgroundATaskIsNoUnfinishedWork) {
  Channel<int> jobs(1);
  const auto work = [&] {
    while (jobs.Receive()) {
    }
  };
  Spawn("worker", work).MoveToBackground();
  const TaskHandle late = Spawn("late", work);
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_EQ(scheduler_.unfinished_tasks(), 1u);
  late.MoveToBackground();
  late.MoveToBackground();
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.unfinished_tasks(), 0u);
  Spawn("sends", [&] {
    for (int i = 0; i < 3; ++i) jobs.Send(i);
    jobs.Close();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.unfinished_tasks(), 0u);
  EXPECT_TRUE(late.IsDone());
}

TEST_F(TaskHandleTest, RefusesATaskThatJoinsItself) {
  TaskHandle self;
  self = Spawn("self", [&] { self.Join(); });
  EXPECT_DEATH(Run(), "task \"self\" of node \"host\" waits for its own end");
}

TEST_F(TaskHandleTest, RefusesToJoinOutsideTasks) {
  const TaskHandle task = SpawnWaiting("task");
  EXPECT_DEATH(task.Join(), "waits for the end of task \"task\"");
}

TEST_F(TaskHandleTest, IsOfItsTaskAloneThoughTheNextReusesItsRecord) {
  const TaskHandle first = Spawn("first", [] {});
  Run();
  const TaskHandle second = SpawnWaiting("second");
  EXPECT_TRUE(first.IsDone());
  first.Cancel();
  EXPECT_FALSE(second.IsDone());
}

TEST_F(TaskHandleTest, CancelUnwindsATaskThatWaits) {
  const TaskHandle task = SpawnWaiting("victim");
  Spawn("cancels", [&] {
    task.Cancel();
    EXPECT_TRUE(task.IsDone());
    EXPECT_EQ(CurrentContext().task->name(), "cancels");
    task.Cancel();
    SleepFor(Milliseconds(1));
    Log("goes on");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("victim", "goes on"));
}

TEST_F(TaskHandleTest, CancelDropsATaskThatHasNotBegun) {
  const auto captured = std::make_shared<int>(7);
  const TaskHandle task = Spawn("task", [this, captured] { Log("ran"); });
  task.Cancel();
  EXPECT_TRUE(task.IsDone());
  EXPECT_EQ(captured.use_count(), 1);
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(TaskHandleTest, CancelTakesTheTimerAlong) {
  const TaskHandle task = Spawn("sleeper", [this] { SleepFor(Seconds(5)); });
  Run({.end = VirtualTime::Seconds(1)});
  task.Cancel();
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Seconds(1));
}

TEST_F(TaskHandleTest, CancelReachesATaskWhoseGroupIsPaused) {
  const TaskHandle task = SpawnOther("paused", [this] {
    const absl::Cleanup at_end = [this] { Log("unwound"); };
    SleepFor(Milliseconds(1));
    Log("not reached");
  });
  Run({.end = VirtualTime()});
  scheduler_.Pause(other_group_);
  Run({.end = VirtualTime::Milliseconds(2)});
  task.Cancel();
  EXPECT_THAT(log_, ElementsAre("unwound"));
  scheduler_.Resume(other_group_);
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("unwound"));
}

TEST_F(TaskHandleTest, CancelWakesThoseThatJoin) {
  const TaskHandle task = SpawnWaiting("victim");
  Spawn("joins", [&] {
    task.Join();
    Log("joined");
  });
  Spawn("cancels", [&] { task.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("victim", "joined"));
}

TEST_F(TaskHandleTest, ACrashWakesThoseThatJoinOnOtherNodes) {
  const TaskHandle task =
      SpawnOther("victim", [this] { scheduler_.Park({.what = "nothing"}); });
  SpawnOther("joins too", [this, task] {
    task.Join();
    Log("not reached");
  });
  Spawn("joins", [&] {
    task.Join();
    Log("joined");
  });
  Spawn("crashes", [&] { scheduler_.Kill(other_group_); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("joined"));
  EXPECT_TRUE(task.IsDone());
}

TEST_F(TaskHandleTest, ATaskThatJoinsCanBeCancelled) {
  const TaskHandle work = Spawn("work", [this] { SleepFor(Milliseconds(1)); });
  const TaskHandle joins = Spawn("joins", [&] {
    work.Join();
    Log("not reached");
  });
  Spawn("cancels", [&] { joins.Cancel(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(TaskHandleTest, IsDoneAfterTheEndOfItsWorld) {
  TaskHandle task;
  {
    TaskGroup group("host");
    Scheduler scheduler(Seed(2));
    task = TaskHandle(scheduler.Spawn(
        group, "waits", [&] { scheduler.Park({.what = "nothing"}); }));
    scheduler.Run({});
    EXPECT_FALSE(task.IsDone());
  }
  EXPECT_TRUE(task.IsDone());
  task.Cancel();
}

TEST_F(ScopedTaskTest, CancelsItsTaskAtItsEnd) {
  Spawn("parent", [this] {
    const ScopedTask child(SpawnWaiting("child"));
    SleepFor(Milliseconds(1));
    Log("parent ends");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("parent ends", "child"));
}

TEST_F(ScopedTaskTest, CancelsItsTaskWhenItsOwnerIsCancelled) {
  const TaskHandle parent = Spawn("parent", [this] {
    const ScopedTask child(SpawnWaiting("child"));
    const absl::Cleanup at_end = [this] { Log("parent"); };
    scheduler_.Park({.what = "nothing"});
  });
  Spawn("cancels", [&] {
    SleepFor(Milliseconds(1));
    parent.Cancel();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("parent", "child"));
}

// Newest first would leave the older task running on what its owner has left.
TEST_F(ScopedTaskTest, EndsAnOlderTaskTooWhenItsOwnerCrashes) {
  Mutex mutex;
  const TaskHandle older = Spawn("older", [&] {
    const MutexLock lock(mutex);
    const absl::Cleanup at_end = [this] { Log("older"); };
    scheduler_.Park({.what = "nothing"});
  });
  Spawn("waits", [&] { const MutexLock lock(mutex); });
  Spawn("owner", [this, older] {
    const absl::Cleanup at_end = [this] { Log("owner"); };
    const ScopedTask child(older);
    scheduler_.Park({.what = "nothing"});
  });
  Run();
  group_.ObserveCancels([this](const Task& task) { Log(task.name()); });
  scheduler_.Kill(group_);
  EXPECT_THAT(log_, ElementsAre("older", "owner"));
}

TEST_F(ScopedTaskTest, MovesAndLetsGo) {
  Spawn("parent", [this] {
    ScopedTask first(SpawnWaiting("first"));
    ScopedTask second(SpawnWaiting("second"));
    SleepFor(Milliseconds(1));
    first = std::move(second);
    Log("moved");
    const TaskHandle released = first.Release();
    EXPECT_TRUE(first->IsDone());
    EXPECT_FALSE(released.IsDone());
  });
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_THAT(log_, ElementsAre("first", "moved"));
}

}  // namespace
}  // namespace reprise
