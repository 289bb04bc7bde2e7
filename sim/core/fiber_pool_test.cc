#include "reprise/sim/core/fiber_pool.h"

#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

class FiberPoolTest : public TaskFixture {
 protected:
  // Runs `count` tasks, one after the other, and returns their stacks.
  std::vector<const char*> StacksOfTasks(int count) {
    std::vector<const char*> stacks;
    for (int i = 0; i < count; ++i) {
      Spawn("task", [&stacks] {
        stacks.push_back(CurrentContext().task->stack()->low);
      });
      Run();
    }
    return stacks;
  }
};

TEST_F(FiberPoolTest, OneFiberServesOneTaskAfterAnother) {
  const std::vector<const char*> stacks = StacksOfTasks(100);
  for (const char* stack : stacks) EXPECT_EQ(stack, stacks[0]);
}

TEST_F(FiberPoolTest, TheStackOfAnUnwoundTaskServesTheNextOne) {
  const char* stack = nullptr;
  Spawn("waits", [&] {
    stack = CurrentContext().task->stack()->low;
    scheduler_.Park({.what = "nothing"});
  });
  Run();
  scheduler_.Kill(group_);
  EXPECT_EQ(StacksOfTasks(1)[0], stack);
}

TEST_F(FiberPoolTest, FibersAndTaskRecordsServeOneWorldAfterAnother) {
  const std::vector<const char*> here = StacksOfTasks(1);
  const char* elsewhere = nullptr;
  TaskGroup group("another world");
  Scheduler scheduler(Seed(2));
  scheduler.Spawn(group, "task",
                  [&] { elsewhere = CurrentContext().task->stack()->low; });
  scheduler.Run({});
  EXPECT_EQ(elsewhere, here[0]);
}

TEST_F(FiberPoolTest, ATaskRecordIsUsedAgain) {
  FiberPool pool;
  Task& first = pool.AcquireTask();
  Task& second = pool.AcquireTask();
  EXPECT_NE(&first, &second);
  pool.ReleaseTask(first);
  EXPECT_EQ(&pool.AcquireTask(), &first);
}

TEST_F(FiberPoolTest, EachThreadHasItsOwn) {
  const FiberPool* here = &CurrentFiberPool();
  const FiberPool* there = nullptr;
  std::thread([&there] { there = &CurrentFiberPool(); }).join();
  EXPECT_EQ(&CurrentFiberPool(), here);
  EXPECT_NE(there, here);
}

TEST_F(FiberPoolTest, ManyTasksAtOnceAndTheirTrimming) {
  constexpr int kTasks = 10'000;
  for (int round = 0; round < 2; ++round) {
    int ended = 0;
    for (int i = 0; i < kTasks; ++i) {
      Spawn("task", [this, &ended] {
        scheduler_.Yield();
        ++ended;
      });
    }
    EXPECT_EQ(Run().end, RunEnd::kIdle);
    EXPECT_EQ(ended, kTasks);
    CurrentFiberPool().Trim();
  }
}

// Where the kernel offers no guard for a stack, its canary tells.
TEST_F(FiberPoolTest, AnOverwrittenCanaryNamesTheTask) {
  const auto overflow = [] {
    // What a thread's first scheduler would make for itself.
    FiberPool pool({.assume_old_kernel = true, .max_protected_stacks = 0});
    FiberPoolHolder& holder = CurrentFiberPoolHolder();
    holder.pool = &pool;
    TaskGroup group("host");
    Scheduler scheduler(Seed(1));
    scheduler.Spawn(group, "deep", [&scheduler] {
      char* low = CurrentContext().task->stack()->low;
      *static_cast<volatile char*>(low - 8) = 'x';
      scheduler.Yield();
    });
    scheduler.Run({});
  };
  EXPECT_DEATH(overflow(),
               "a task overflowed its stack(.|\n)*task \"deep\", node "
               "\"host\"");
}

}  // namespace
}  // namespace reprise
