#include "reprise/sim/core/scheduler.h"

#include <functional>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/wait_group.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using SchedulerTest = TaskFixture;

TEST_F(SchedulerTest, RunsTasksInTheOrderOfSpawning) {
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [this, name] { Log(name); });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c"));
}

TEST_F(SchedulerTest, NumbersTasksFromOne) {
  EXPECT_EQ(Spawn("a", [] {}).id(), TaskId(1));
  EXPECT_EQ(Spawn("b", [] {}).id(), TaskId(2));
  Run();
  EXPECT_EQ(Spawn("c", [] {}).id(), TaskId(3));
}

TEST_F(SchedulerTest, ASpawnedTaskRunsAfterWhatWasReadyBefore) {
  Spawn("parent", [this] {
    Spawn("child", [this] {
      Spawn("grandchild", [this] { Log("grandchild"); });
      Log("child");
    });
    Log("parent");
  });
  Spawn("sibling", [this] { Log("sibling"); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("parent", "sibling", "child", "grandchild"));
}

TEST_F(SchedulerTest, AnEventCanHaveANewTaskRunNext) {
  FunctionBody handler([this] { Log("handler"); }, [this] { Log("dropped"); });
  FunctionEvent event([&] {
    scheduler_.SpawnNext(group_, "handler", handler);
    Log("event");
  });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("event", "handler"));
}

TEST_F(SchedulerTest, DropsTheBodyOfATaskThatEndsBeforeItBegan) {
  FunctionBody handler([this] { Log("handler"); }, [this] { Log("dropped"); });
  FunctionEvent event([&] {
    scheduler_.SpawnNext(group_, "handler", handler);
    scheduler_.Pause(group_);
  });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  Run();
  scheduler_.Kill(group_);
  EXPECT_THAT(log_, ElementsAre("dropped"));
  EXPECT_EQ(scheduler_.unfinished_tasks(), 0u);
}

TEST_F(SchedulerTest, NamesTheTasksThatHaveNotEnded) {
  TaskGroup other("other");
  scheduler_.Spawn(other, "resting", [this] {
    scheduler_.Park({.what = "the end", .is_rest = true});
  });
  Spawn("ended", [] {});
  for (int i = 0; i < 40; ++i) {
    Spawn("waiting", [this] { scheduler_.Park({.what = "a letter"}); });
  }
  EXPECT_EQ(scheduler_.Tasks().size(), 42u);
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);

  const std::vector<const Task*> tasks = scheduler_.Tasks();
  ASSERT_EQ(tasks.size(), 41u);
  EXPECT_TRUE(tasks[0]->IsResting());
  EXPECT_EQ(tasks[0]->Describe(), "other: task \"resting\" waits for the end");
  EXPECT_FALSE(tasks[40]->IsResting());
  EXPECT_EQ(tasks[40]->name(), "waiting");
  EXPECT_THAT(scheduler_.DescribeWaitingTasks(),
              testing::EndsWith("  ... and 21 more\n"));
  scheduler_.Shutdown();
}

// It began on the fiber that carried the loop, which moves to another.
TEST_F(SchedulerTest, ATaskThatSuspendsLetsTheLoopGoOn) {
  for (const char* name : {"a", "b"}) {
    Spawn(name, [this, name] {
      Log(name);
      SleepFor(Milliseconds(1));
      Log(name);
    });
  }
  Spawn("c", [this] { Log("c"); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c", "a", "b"));
}

TEST_F(SchedulerTest, ATaskCanRunAnotherWorld) {
  Spawn("outer", [this] {
    SleepFor(Milliseconds(1));
    TaskGroup group("inner host");
    Scheduler inner(Seed(2));
    inner.Spawn(group, "inner", [&] {
      inner.SleepUntil(VirtualTime::Milliseconds(5));
      Log("inner");
    });
    const ScopedContext outside({});
    EXPECT_EQ(inner.Run({}).end, RunEnd::kIdle);
    Log("outer");
  });
  Spawn("other", [this] {
    SleepFor(Milliseconds(2));
    Log("other");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("inner", "outer", "other"));
}

TEST_F(SchedulerTest, AnEventCanHaveASuspendedTaskRunNext) {
  Task* sleeper = nullptr;
  Spawn("sleeper", [&] {
    sleeper = CurrentContext().task;
    Log(scheduler_.Park({.what = "x"}, VirtualTime::Seconds(1)) ? "woken"
                                                                : "late");
  });
  FunctionEvent event([&] {
    scheduler_.WakeNext(*sleeper);
    Log("event");
  });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("event", "woken"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(1));
}

TEST_F(SchedulerTest, ACancelledEventDoesNotFire) {
  FunctionEvent event([this] { Log("fired"); });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  scheduler_.Cancel(event);
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, IsEmpty());
  EXPECT_EQ(scheduler_.now(), VirtualTime());
}

TEST_F(SchedulerTest, WakesSleepersByTime) {
  Spawn("late", [this] {
    SleepFor(Milliseconds(20));
    Log("late");
  });
  Spawn("early", [this] {
    SleepFor(Milliseconds(10));
    Log("early");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("early", "late"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(20));
}

TEST_F(SchedulerTest, SleepingUntilThePastIsGivingWay) {
  Spawn("a", [this] {
    scheduler_.SleepUntil(VirtualTime());
    Log("a");
  });
  Spawn("b", [this] { Log("b"); });
  Run();
  EXPECT_THAT(log_, ElementsAre("b", "a"));
}

TEST_F(SchedulerTest, RunsEarlierEventsOfAnInstantBeforeNewlyReadyTasks) {
  Spawn("a", [this] {
    SleepFor(Milliseconds(1));
    Spawn("child", [this] { Log("child"); });
    Log("a");
  });
  Spawn("b", [this] {
    SleepFor(Milliseconds(1));
    Log("b");
  });
  Run();
  EXPECT_THAT(log_, ElementsAre("a", "b", "child"));
}

TEST_F(SchedulerTest, YieldLetsAllThatIsReadyRunFirst) {
  for (const char* name : {"a", "b"}) {
    Spawn(name, [this, name] {
      for (int i = 0; i < 2; ++i) {
        Log(name);
        scheduler_.Yield();
      }
    });
  }
  Run();
  EXPECT_THAT(log_, ElementsAre("a", "b", "a", "b"));
  EXPECT_EQ(scheduler_.now(), VirtualTime());
}

TEST_F(SchedulerTest, ParkTellsWakingFromTheDeadline) {
  Task* sleeper = nullptr;
  Spawn("sleeper", [&] {
    sleeper = CurrentContext().task;
    const VirtualTime deadline = VirtualTime::Milliseconds(10);
    Log(scheduler_.Park({.what = "x"}, deadline) ? "woken" : "late");
    Log(scheduler_.Park({.what = "x"}, deadline + Milliseconds(5)) ? "woken"
                                                                   : "late");
  });
  Spawn("waker", [&] {
    SleepFor(Milliseconds(5));
    scheduler_.Wake(*sleeper);
    scheduler_.Wake(*sleeper);
  });
  Run();
  EXPECT_THAT(log_, ElementsAre("woken", "late"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(15));
}

TEST_F(SchedulerTest, StopEndsTheRunAndTheNextRunGoesOn) {
  Spawn("task", [this] {
    Log("before");
    scheduler_.Stop();
    Log("same event");
    scheduler_.Yield();
    Log("after");
  });
  EXPECT_EQ(Run().end, RunEnd::kStopped);
  EXPECT_THAT(log_, ElementsAre("before", "same event"));
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(log_.back(), "after");
}

TEST_F(SchedulerTest, StopsWhenItsBudgetOfStepsIsUsedUp) {
  Spawn("spin", [this] {
    for (;;) scheduler_.Yield();
  });
  const RunResult result = Run({.max_steps = 100});
  EXPECT_EQ(result.end, RunEnd::kOutOfBudget);
  EXPECT_THAT(result.report, HasSubstr("its budget of 100 steps is spent"));
  EXPECT_THAT(result.report, HasSubstr("host: 100 turns of 1 task"));
  EXPECT_THAT(result.report,
              HasSubstr("task \"spin\" had 100, and waits for its turn"));
  EXPECT_EQ(scheduler_.steps(), 100u);
}

TEST_F(SchedulerTest, TellsWhoKeepsAWorldBusy) {
  scheduler_.Spawn(other_group_, "calm", [this] { SleepFor(Seconds(1)); });
  Spawn("calm", [this] { SleepFor(Seconds(1)); });
  Spawn("storm", [this] {
    for (;;) {
      SleepFor(Nanoseconds(1));
      Spawn("retry", [] {});
    }
  });
  const std::string report = Run({.max_steps = 1000}).report;
  EXPECT_THAT(report, HasSubstr("  host: 999 turns of 501 tasks\n"
                                "    task \"storm\" had 500, and waits for "
                                "the clock\n"));
  EXPECT_THAT(report, HasSubstr("  other: 1 turns of 1 task\n"));
  EXPECT_LT(report.find("host"), report.find("other"));
}

TEST_F(SchedulerTest, StopsWhenItsVirtualTimeIsUsedUp) {
  Spawn("ticker", [this] {
    for (;;) SleepFor(Milliseconds(30));
  });
  const RunResult result = Run({.max_time = VirtualTime::Milliseconds(100)});
  EXPECT_EQ(result.end, RunEnd::kOutOfBudget);
  EXPECT_THAT(result.report, HasSubstr("its budget of 100 ms of virtual time"));
  EXPECT_THAT(result.report, HasSubstr("task \"ticker\" had 4, and waits"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(90));
}

TEST_F(SchedulerTest, RunsUntilAGivenInstantAndGoesOn) {
  Spawn("ticker", [this] {
    for (int i = 0; i < 3; ++i) {
      SleepFor(Milliseconds(10));
      Log("tick");
    }
  });
  EXPECT_EQ(Run({.end = VirtualTime::Milliseconds(25)}).end,
            RunEnd::kTimeReached);
  EXPECT_EQ(log_.size(), 2u);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(25));
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(log_.size(), 3u);
}

TEST_F(SchedulerTest, RunningUntilThePastDoesNothing) {
  Spawn("task", [this] {
    SleepFor(Milliseconds(50));
    Log("task");
  });
  Run({.end = VirtualTime::Milliseconds(20)});
  EXPECT_EQ(Run({.end = VirtualTime::Milliseconds(10)}).end,
            RunEnd::kTimeReached);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(20));
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(SchedulerTest, RefusesToRunInsideATask) {
  Spawn("task", [this] { Run(); });
  EXPECT_DEATH(Run(), "Run inside a task");
}

TEST_F(SchedulerTest, RefusesToRunInsideAnotherRun) {
  FunctionEvent event([this] { Run(); });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  EXPECT_DEATH(Run(), "Run inside a Run of the same scheduler");
  scheduler_.Cancel(event);
}

TEST_F(SchedulerTest, ReportsADeadlockWithWhatEachTaskWaitsFor) {
  Mutex mutex("table");
  WaitGroup never("flush");
  Spawn("holder", [&] {
    MutexLock lock(mutex);
    never.Add(1);
    never.Wait();
  });
  Spawn("blocked", [&] { MutexLock lock(mutex); });
  const RunResult result = Run();
  EXPECT_EQ(result.end, RunEnd::kDeadlocked);
  EXPECT_EQ(result.report,
            "  host: task \"holder\" waits for wait group flush\n"
            "  host: task \"blocked\" waits for mutex table\n");
  scheduler_.Shutdown();
}

TEST_F(SchedulerTest, ATaskAtRestIsNoDeadlock) {
  Spawn("server",
        [this] { scheduler_.Park({.what = "the end", .is_rest = true}); });
  const RunResult result = Run();
  EXPECT_EQ(result.end, RunEnd::kIdle);
  EXPECT_EQ(result.report, "");
}

TEST_F(SchedulerTest, ALongReportIsCutShort) {
  for (int i = 0; i < 23; ++i) {
    Spawn("waits", [this] { scheduler_.Park({.what = "nothing"}); });
  }
  EXPECT_THAT(Run().report, HasSubstr("... and 3 more"));
  scheduler_.Shutdown();
}

TEST_F(SchedulerTest, WaitReasonsAreReadable) {
  EXPECT_EQ((WaitReason{.what = "mutex"}).ToString(), "mutex");
  EXPECT_EQ((WaitReason{.what = "reply to", .object = "Get", .number = 12})
                .ToString(),
            "reply to Get #12");
}

}  // namespace
}  // namespace reprise
