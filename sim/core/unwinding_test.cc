// tidy: allow-file(catch-all) what handlers of tasks that end may do

// How tasks end that do not reach their end: killed, crashed, or stopped.

#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class UnwindingTest : public TaskFixture {
 protected:
  // Writes `text` when the stack that it is on goes.
  struct Note {
    ~Note() { test.Log(text); }
    UnwindingTest& test;
    std::string text;
  };

  // A task of `group` that waits for ever and notes its end.
  void SpawnWaiting(TaskGroup& group, std::string_view name) {
    scheduler_.Spawn(group, name, [this, name] {
      Note note{*this, std::string(name)};
      scheduler_.Park({.what = "nothing"});
      Log("not reached");
    });
  }
};

TEST_F(UnwindingTest, KillEndsTheTasksOfAGroupAndNoOthers) {
  SpawnWaiting(other_group_, "a");
  SpawnWaiting(group_, "survivor");
  SpawnWaiting(other_group_, "b");
  Run();
  scheduler_.Kill(other_group_);
  EXPECT_THAT(log_, testing::UnorderedElementsAre("a", "b"));
  EXPECT_EQ(other_group_.first(), nullptr);
  EXPECT_EQ(group_.first()->name(), "survivor");
}

TEST_F(UnwindingTest, KillEndsNewTasksBeforeTheOldOnesWhoseStateTheyUse) {
  Spawn("boot", [this] {
    Note note{*this, "boot"};
    Mutex mutex;
    MutexLock lock(mutex);
    Spawn("handler", [this, &mutex] {
      Note handler_note{*this, "handler"};
      MutexLock handler_lock(mutex);
    });
    scheduler_.Park({.what = "the end", .is_rest = true});
  });
  Run();
  scheduler_.Kill(group_);
  EXPECT_THAT(log_, ElementsAre("handler", "boot"));
}

TEST_F(UnwindingTest, KillDropsATaskThatHasNotRunYet) {
  const auto captured = std::make_shared<int>(7);
  Spawn("task", [this, captured] { Log("ran"); });
  scheduler_.Kill(group_);
  EXPECT_EQ(captured.use_count(), 1);
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(UnwindingTest, KillCancelsTheTimersOfItsTasks) {
  Spawn("sleeper", [this] { SleepFor(Seconds(5)); });
  Run({.end = VirtualTime::Seconds(1)});
  scheduler_.Kill(group_);
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Seconds(1));
}

TEST_F(UnwindingTest, ATaskCanKillAnotherGroup) {
  SpawnWaiting(other_group_, "victim");
  Spawn("killer", [this] {
    scheduler_.Kill(other_group_);
    Log(CurrentContext().task->name());
    SleepFor(Milliseconds(1));
    Log("goes on");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("victim", "killer", "goes on"));
}

TEST_F(UnwindingTest, ATaskCannotKillItsOwnGroup) {
  Spawn("task", [this] { scheduler_.Kill(group_); });
  EXPECT_DEATH(Run(), "a task cannot end the tasks of its own node");
}

TEST_F(UnwindingTest, AGroupLivesOnAfterItsTasksWereKilled) {
  SpawnWaiting(group_, "first life");
  Run();
  scheduler_.Shutdown();
  SpawnWaiting(group_, "second life");
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  scheduler_.Shutdown();
  EXPECT_THAT(log_, ElementsAre("first life", "second life"));
}

TEST_F(UnwindingTest, TheEndOfTheSchedulerUnwindsWhatIsUnfinished) {
  {
    TaskGroup group("host");
    Scheduler scheduler(Seed(2));
    scheduler.Spawn(group, "waits", [this, &scheduler] {
      Note note{*this, "unwound"};
      scheduler.Park({.what = "nothing"});
    });
    scheduler.Run({});
  }
  EXPECT_THAT(log_, ElementsAre("unwound"));
}

TEST_F(UnwindingTest, TasksUnwindBeforeTheOlderOnesThatTheyDependOn) {
  Spawn("server", [this] {
    Mutex mutex("log");
    MutexLock lock(mutex);
    Spawn("handler", [&mutex] { MutexLock lock(mutex); });
    WaitQueue queue;
    queue.Wait({.what = "nothing"});
  });
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  scheduler_.Kill(group_);
  EXPECT_EQ(group_.first(), nullptr);
}

TEST_F(UnwindingTest, AnUnwindingTaskNeitherWaitsNorWakesNorSpawns) {
  WaitQueue queue;
  Future<int> answer;
  scheduler_.Spawn(other_group_, "listener", [&] {
    answer.Get();
    Log("woken");
  });
  struct Destructor {
    std::function<void()> on_unwinding;
    ~Destructor() { on_unwinding(); }
  };
  Spawn("crashes", [&] {
    Destructor destructor{[&] {
      SleepFor(Seconds(1));
      scheduler_.Yield();
      EXPECT_FALSE(queue.Wait({.what = "nothing"}));
      answer.Set(1);
      EXPECT_EQ(Spawn("new", [this] { Log("spawned"); }).id(), TaskId());
    }};
    queue.Wait({.what = "nothing"});
  });
  Run();
  scheduler_.Kill(group_);
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_THAT(log_, IsEmpty());
  EXPECT_EQ(scheduler_.now(), VirtualTime());
  scheduler_.Shutdown();
}

[[gnu::noinline]] int Recurse(int depth) {
  if (depth == 1'000'000) return 0;
  volatile char frame[4096] = {};
  frame[0] = static_cast<char>(depth);
  return Recurse(depth + 1) + frame[0];
}

TEST_F(UnwindingTest, OverflowNamesTheTask) {
  Spawn("deep", [] { Recurse(0); });
  EXPECT_DEATH(Run(),
               "a task overflowed its stack(.|\n)*task \"deep\", node "
               "\"host\"");
}

TEST_F(UnwindingTest, OverflowWhileUnwindingNamesTheTask) {
  const auto overflow = [this] {
    struct Deep {
      ~Deep() { Recurse(0); }
    };
    Spawn("deep", [this] {
      Deep deep;
      scheduler_.Park({.what = "nothing"});
    });
    Run();
    scheduler_.Shutdown();
  };
  EXPECT_DEATH(overflow(),
               "a task overflowed its stack(.|\n)*task \"deep\", node "
               "\"host\"");
}

TEST_F(UnwindingTest, AnExceptionEndsTheRunAndNamesTheTask) {
  bool has_gone_on = false;
  // tidy: allow(throw) the exception under test
  Spawn("thrower", [] { throw std::runtime_error("boom"); });
  Spawn("other", [&] { has_gone_on = true; });
  const RunResult result = Run();
  EXPECT_EQ(result.end, RunEnd::kFailed);
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->what, "threw std::runtime_error: boom");
  EXPECT_EQ(result.failure->who, "node host, task \"thrower\"");
  EXPECT_FALSE(result.failure->is_out_of_memory);
  EXPECT_FALSE(has_gone_on);
}

[[gnu::noinline]] void ThrowDeepInside() {
  // tidy: allow(throw) the exception under test
  throw 42;
}

TEST_F(UnwindingTest, AnExceptionHasTheStackThatThrewIt) {
#if defined(REPRISE_ADDRESS_SANITIZER) || defined(REPRISE_THREAD_SANITIZER)
  GTEST_SKIP() << "sanitizers replace the function that throws";
#endif
  Spawn("thrower", [] { ThrowDeepInside(); });
  const RunResult result = Run();
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->what, "threw int");
  ASSERT_FALSE(result.failure->stack.empty());
  EXPECT_THAT(result.failure->stack.front(),
              testing::HasSubstr("ThrowDeepInside"));
}

TEST_F(UnwindingTest, LackOfMemoryIsNoFaultOfTheCode) {
  // tidy: allow(throw) the exception under test
  Spawn("hungry", [] { throw std::bad_alloc(); });
  const RunResult result = Run();
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_TRUE(result.failure->is_out_of_memory);
}

TEST_F(UnwindingTest, AnExceptionOfAnEventEndsTheRun) {
  struct Bomb : Event {
    // tidy: allow(throw) the exception under test
    void Fire() override { throw std::logic_error("an event"); }
  } bomb;
  scheduler_.Schedule(bomb, VirtualTime());
  const RunResult result = Run();
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->who, "an event");
  EXPECT_EQ(result.failure->what, "threw std::logic_error: an event");
}

TEST_F(UnwindingTest, TheSchedulerGoesOnAfterAnException) {
  bool has_run = false;
  // tidy: allow(throw) the exception under test
  Spawn("thrower", [] { throw 1; });
  EXPECT_EQ(Run().end, RunEnd::kFailed);
  Spawn("later", [&] { has_run = true; });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_TRUE(has_run);
}

// The scheduler unwinds a task that runs `body` when it first waits.
void UnwindInside(const std::function<void(Scheduler&)>& body) {
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  scheduler.Spawn(group, "greedy", [&] { body(scheduler); });
  scheduler.Run({});
  scheduler.Shutdown();
}

TEST(UnwindingDeathTest, AHandlerThatSwallowsTheUnwindingIsNamed) {
  const std::string message =
      "task \"greedy\" of node \"host\" went on after it was to end"
      "(.|\n)*end with `throw;`";
  EXPECT_DEATH(UnwindInside([](Scheduler& scheduler) {
                 try {
                   scheduler.Park({.what = "nothing"});
                 } catch (...) {
                 }
               }),
               message);
  EXPECT_DEATH(UnwindInside([](Scheduler& scheduler) {
                 for (;;) {
                   try {
                     scheduler.Park({.what = "nothing"});
                   } catch (...) {
                   }
                 }
               }),
               message);
  // Here something keeps the unwinding alive.
  EXPECT_DEATH(UnwindInside([](Scheduler& scheduler) {
                 std::exception_ptr kept;
                 for (;;) {
                   try {
                     scheduler.Park({.what = "nothing"});
                   } catch (...) {
                     kept = std::current_exception();
                   }
                 }
               }),
               message);
}

TEST(UnwindingDeathTest, AHandlerThatThrowsAgainIsFine) {
  bool was_cleaned = false;
  UnwindInside([&](Scheduler& scheduler) {
    try {
      scheduler.Park({.what = "nothing"});
    } catch (...) {
      was_cleaned = true;
      scheduler.Yield();
      // tidy: allow(throw) what the test is about
      throw;
    }
  });
  EXPECT_TRUE(was_cleaned);
}

TEST(UnwindingDeathTest, ASuspensionInANoexceptFunctionCannotBeUnwound) {
  const auto crash_in_noexcept = [] {
    TaskGroup group("host");
    Scheduler scheduler(Seed(1));
    scheduler.Spawn(group, "waits", []() noexcept {
      WaitQueue queue;
      queue.Wait({.what = "nothing"});
    });
    scheduler.Run({});
    scheduler.Shutdown();
  };
  EXPECT_DEATH(crash_in_noexcept(), "");
}

}  // namespace
}  // namespace reprise
