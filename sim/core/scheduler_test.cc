#include "sim/core/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/core/channel.h"
#include "sim/core/future.h"
#include "sim/core/mutex.h"
#include "sim/core/wait_group.h"

namespace reprise {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SchedulerTest : public ::testing::Test {
 protected:
  void Spawn(std::string_view name, absl::AnyInvocable<void()> body) {
    scheduler_.Spawn(group_, name, std::move(body));
  }
  void SleepFor(Duration duration) {
    scheduler_.SleepUntil(scheduler_.now() + duration);
  }
  RunResult Run() { return scheduler_.Run({}); }

  TaskGroup group_{"host"};
  Scheduler scheduler_{Seed(1)};
  std::vector<std::string> log_;
};

TEST_F(SchedulerTest, RunsTasksInTheOrderOfSpawning) {
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [this, name] { log_.push_back(name); });
  }
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c"));
}

TEST_F(SchedulerTest, WakesSleepersByTime) {
  Spawn("late", [this] {
    SleepFor(Milliseconds(20));
    log_.push_back("late");
  });
  Spawn("early", [this] {
    SleepFor(Milliseconds(10));
    log_.push_back("early");
  });
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_THAT(log_, ElementsAre("early", "late"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(20));
}

TEST_F(SchedulerTest, RunsEarlierEventsOfAnInstantBeforeNewlyReadyTasks) {
  Spawn("a", [this] {
    SleepFor(Milliseconds(1));
    Spawn("child", [this] { log_.push_back("child"); });
    log_.push_back("a");
  });
  Spawn("b", [this] {
    SleepFor(Milliseconds(1));
    log_.push_back("b");
  });
  Run();
  EXPECT_THAT(log_, ElementsAre("a", "b", "child"));
}

TEST_F(SchedulerTest, ParkTellsWakingFromTheDeadline) {
  Task* sleeper = nullptr;
  Spawn("sleeper", [&] {
    sleeper = CurrentContext().task;
    const VirtualTime deadline = VirtualTime::Milliseconds(10);
    log_.push_back(scheduler_.Park({.what = "x"}, deadline) ? "woken" : "late");
    log_.push_back(scheduler_.Park({.what = "x"}, deadline + Milliseconds(5))
                       ? "woken"
                       : "late");
  });
  Spawn("waker", [&] {
    SleepFor(Milliseconds(5));
    scheduler_.Wake(*sleeper);
  });
  Run();
  EXPECT_THAT(log_, ElementsAre("woken", "late"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(15));
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
  EXPECT_EQ(result.outcome, Outcome::kDeadlocked);
  EXPECT_THAT(result.report,
              HasSubstr("host: task \"holder\" waits for wait group flush"));
  EXPECT_THAT(result.report,
              HasSubstr("host: task \"blocked\" waits for mutex table"));
  scheduler_.Shutdown();
}

TEST_F(SchedulerTest, StopsWhenItsBudgetOfStepsIsUsedUp) {
  Spawn("spin", [this] {
    for (;;) scheduler_.Yield();
  });
  const RunResult result = scheduler_.Run({.max_steps = 100});
  EXPECT_EQ(result.outcome, Outcome::kOutOfBudget);
  EXPECT_THAT(result.report, HasSubstr("after 100 steps"));
}

TEST_F(SchedulerTest, RunsUntilAGivenInstantAndGoesOn) {
  Spawn("ticker", [this] {
    for (int i = 0; i < 3; ++i) {
      SleepFor(Milliseconds(10));
      log_.push_back("tick");
    }
  });
  EXPECT_EQ(scheduler_.Run({.end = VirtualTime::Milliseconds(25)}).outcome,
            Outcome::kTimeReached);
  EXPECT_EQ(log_.size(), 2u);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(25));
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_EQ(log_.size(), 3u);
}

TEST_F(SchedulerTest, ShutdownUnwindsTheStacksOfUnfinishedTasks) {
  struct Note {
    std::vector<std::string>& log;
    ~Note() { log.push_back("unwound"); }
  };
  Spawn("waits", [this] {
    Note note{log_};
    WaitQueue queue;
    queue.Wait({.what = "nothing"});
    log_.push_back("not reached");
  });
  Run();
  scheduler_.Shutdown();
  EXPECT_THAT(log_, ElementsAre("unwound"));
}

TEST_F(SchedulerTest, TasksUnwindBeforeTheOlderOnesThatTheyDependOn) {
  Spawn("server", [this] {
    Mutex mutex("log");
    MutexLock lock(mutex);
    Spawn("handler", [&mutex] { MutexLock lock(mutex); });
    WaitQueue queue;
    queue.Wait({.what = "nothing"});
  });
  EXPECT_EQ(Run().outcome, Outcome::kDeadlocked);
  scheduler_.Kill(group_);
  EXPECT_EQ(group_.first(), nullptr);
}

TEST_F(SchedulerTest, AnUnwindingTaskNeitherWaitsNorWakesNorSpawns) {
  WaitQueue queue;
  Future<int> answer;
  struct Destructor {
    std::function<void()> on_unwinding;
    ~Destructor() { on_unwinding(); }
  };
  TaskGroup other("other");
  scheduler_.Spawn(other, "listener", [&] {
    answer.Get();
    log_.push_back("woken");
  });
  Spawn("crashes", [&] {
    Destructor destructor{[&] {
      SleepFor(Seconds(1));
      answer.Set(1);
      Spawn("new", [this] { log_.push_back("spawned"); });
    }};
    queue.Wait({.what = "nothing"});
  });
  Run();
  scheduler_.Kill(group_);
  Run();
  EXPECT_TRUE(log_.empty());
  scheduler_.Shutdown();
}

TEST_F(SchedulerTest, ChannelHandsOverInOrderAndMakesSendersWait) {
  Channel<int> channel(1);
  std::vector<int> received;
  Spawn("sender", [&] {
    for (int i = 0; i < 5; ++i) channel.Send(i);
    channel.Close();
  });
  Spawn("receiver", [&] {
    while (std::optional<int> value = channel.Receive()) {
      received.push_back(*value);
    }
  });
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_THAT(received, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(SchedulerTest, MutexGoesToWhoWaitedLongest) {
  Mutex mutex;
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [&, name] {
      for (int i = 0; i < 2; ++i) {
        MutexLock lock(mutex);
        log_.push_back(name);
        SleepFor(Milliseconds(1));
      }
    });
  }
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b", "c", "a", "b", "c"));
}

TEST_F(SchedulerTest, ConditionWaitsNoLongerThanItsTimeout) {
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
  EXPECT_EQ(Run().outcome, Outcome::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
}

[[gnu::noinline]] int Recurse(int depth) {
  if (depth == 1'000'000) return 0;
  volatile char frame[4096] = {};
  frame[0] = static_cast<char>(depth);
  return Recurse(depth + 1) + frame[0];
}

TEST_F(SchedulerTest, OverflowNamesTheTask) {
  Spawn("deep", [] { Recurse(0); });
  EXPECT_DEATH(Run(),
               "a task overflowed its stack(.|\n)*task \"deep\", node "
               "\"host\"");
}

TEST_F(SchedulerTest, ExceptionNamesTheTask) {
  // tidy: allow(throw) the exception under test
  Spawn("thrower", [] { throw std::runtime_error("boom"); });
  EXPECT_DEATH(Run(), "a task threw an exception: boom(.|\n)*task \"thrower\"");
}

TEST(SchedulerDeathTest, ASuspensionInANoexceptFunctionCannotBeUnwound) {
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
