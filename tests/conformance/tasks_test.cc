#include "reprise/sim/env/tasks.h"

#include <atomic>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using testing::ElementsAre;

class TasksTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, TasksTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(TasksTest, ASpawnedTaskRunsAfterWhatIsReadyAlready) {
  Run([](Env& env) {
    std::vector<std::string> ran;
    env.tasks().Spawn("first", [&] { ran.emplace_back("first"); });
    const TaskHandle second =
        env.tasks().Spawn("second", [&] { ran.emplace_back("second"); });
    ran.emplace_back("spawner");
    second.Join();
    EXPECT_THAT(ran, ElementsAre("spawner", "first", "second"));
  });
}

TEST_P(TasksTest, ATaskWhoseHandleIsDroppedGoesOn) {
  Run([](Env& env) {
    bool has_ended = false;
    env.tasks().Spawn("alone", [&] {
      env.clock().SleepFor(Milliseconds(2));
      has_ended = true;
    });
    EXPECT_TRUE(WaitUntil(env, [&] { return has_ended; }));
  });
}

TEST_P(TasksTest, YieldLetsEveryTaskThatIsReadyRun) {
  Run([](Env& env) {
    int ran = 0;
    for (int i = 0; i < 5; ++i) env.tasks().Spawn("ready", [&] { ++ran; });
    EXPECT_EQ(ran, 0);
    env.tasks().Yield();
    EXPECT_EQ(ran, 5);
  });
}

TEST_P(TasksTest, TasksGiveWayOnlyWhereTheySuspend) {
  Run([](Env& env) {
    int inside = 0;
    std::vector<TaskHandle> tasks;
    for (int i = 0; i < 3; ++i) {
      tasks.push_back(env.tasks().Spawn("busy", [&] {
        for (int round = 0; round < 3; ++round) {
          ++inside;
          EXPECT_EQ(inside, 1);
          for (int step = 0; step < 1000; ++step) env.clock().Now();
          --inside;
          env.tasks().Yield();
        }
      }));
    }
    for (const TaskHandle& task : tasks) task.Join();
  });
}

TEST_P(TasksTest, WaitUntilStoppedEndsWhenItsNodeStopsAndNotBefore) {
  std::atomic<bool> rests = false;
  std::atomic<bool> returned = false;
  std::atomic<bool> unwound = false;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    const AtEnd note([&] { unwound = true; });
    rests = true;
    env.tasks().WaitUntilStopped();
    returned = true;
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return rests.load(); }));
    env.clock().SleepFor(kShort);
    EXPECT_FALSE(unwound);
    rig().Crash(server);
    EXPECT_TRUE(unwound);
    EXPECT_FALSE(returned);
  });
}

TEST_P(TasksTest, ATaskAtRestKeepsNobodyFromEnding) {
  Run([](Env& env) {
    env.tasks().Spawn("at rest", [&] { env.tasks().WaitUntilStopped(); });
    env.tasks().Yield();
  });
}

}  // namespace
}  // namespace reprise
