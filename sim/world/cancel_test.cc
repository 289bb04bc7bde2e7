// Tasks of nodes that are joined, cancelled and scoped, seen through Env.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;

constexpr NodeId kServer(0);

Node& AddEchoServer(World& world) {
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [&env](NodeId, Bytes bytes) {
      env.clock().SleepFor(Milliseconds(10));
      return bytes;
    });
    env.tasks().WaitUntilStopped();
  });
  return server;
}

TEST(CancelTest, ACancelledCallIsNoBodysWhenItsReplyArrives) {
  World world({.seed = Seed(1)});
  AddEchoServer(world);
  world.AddNode("client").Spawn([](Env& env) {
    const auto call = [&env] {
      return env.network().Call(kServer, "echo", "");
    };
    const TaskHandle lost = env.tasks().Spawn("lost", [&] {
      call().IgnoreError();
      ADD_FAILURE() << "was cancelled";
    });
    env.clock().SleepFor(Milliseconds(5));
    lost.Cancel();
    EXPECT_TRUE(call().ok());
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(world.counters().calls, 2u);
}

TEST(CancelTest, WhatWouldWaitAnswersCancelledWhileTheTaskUnwinds) {
  struct Destructor {
    Env& env;
    File& file;
    std::vector<absl::StatusCode>& seen;
    ~Destructor() {
      env.clock().SleepFor(Seconds(5));
      seen.push_back(env.network().Call(kServer, "echo", "").status().code());
      seen.push_back(file.Append("more").code());
      seen.push_back(env.disk().SyncDirectory().code());
    }
  };
  World world({.seed = Seed(1)});
  AddEchoServer(world);
  std::vector<absl::StatusCode> seen;
  world.AddNode("client").Spawn([&](Env& env) {
    auto file = env.disk().Open("log", OpenMode::kCreate);
    const TaskHandle task = env.tasks().Spawn("task", [&] {
      const Destructor destructor{env, **file, seen};
      env.clock().SleepFor(Seconds(1));
    });
    env.tasks().Yield();
    task.Cancel();
    EXPECT_LT(env.clock().Now(), VirtualTime::Seconds(1));
    EXPECT_TRUE((*file)->Append("goes on").ok());
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_THAT(seen, ElementsAre(absl::StatusCode::kCancelled,
                                absl::StatusCode::kCancelled,
                                absl::StatusCode::kCancelled));
}

// A task that may be cancelled while it waits for the disk, at any instant.
TEST(CancelTest, AFileIsWholeAfterItsWriterWasCancelled) {
  for (int microseconds = 0; microseconds < 2000; microseconds += 50) {
    FaultMix mix;
    mix.disks.write.calm = Microseconds(300);
    mix.disks.sync.calm = Microseconds(700);
    World world({.seed = Seed(1), .faults = mix});
    world.AddNode("node").Spawn([&](Env& env) {
      auto file = env.disk().Open("log", OpenMode::kCreate);
      ASSERT_TRUE(file.ok());
      const TaskHandle writer = env.tasks().Spawn("writer", [&] {
        while ((*file)->Append("a").ok() && (*file)->Sync().ok()) {
        }
      });
      env.clock().SleepFor(Microseconds(microseconds));
      writer.Cancel();
      const uint64_t size = (*file)->Size();
      EXPECT_TRUE((*file)->Append("b").ok());
      EXPECT_TRUE((*file)->Sync().ok());
      EXPECT_EQ(*(*file)->Read(0, 100), std::string(size, 'a') + "b");
    });
    EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  }
}

TEST(CancelTest, TheDigestSeesACancel) {
  const auto digest = [](int cancel_after_ms) {
    World world({.seed = Seed(1)});
    world.AddNode("node").Spawn([=](Env& env) {
      const TaskHandle task = env.tasks().Spawn(
          "task", [&env] { env.clock().SleepFor(Milliseconds(10)); });
      if (cancel_after_ms == 0) task.Cancel();
      env.clock().SleepFor(Milliseconds(5));
      if (cancel_after_ms == 5) task.Cancel();
      env.clock().SleepFor(Milliseconds(15));
      task.Cancel();
    });
    world.RunUntilIdle();
    return world.trace().digest();
  };
  EXPECT_EQ(digest(5), digest(5));
  EXPECT_EQ(digest(0), digest(0));
  EXPECT_NE(digest(0), digest(5));
  EXPECT_NE(digest(5), digest(20));
  EXPECT_NE(digest(0), digest(20));
}

TEST(CancelTest, ReachesATaskOfAPausedNode) {
  World world({.seed = Seed(1)});
  bool has_run = false;
  Node& node = world.AddNode("node");
  const TaskHandle task = node.Spawn([&](Env& env) {
    env.clock().SleepFor(Milliseconds(1));
    has_run = true;
  });
  world.RunUntil(VirtualTime());
  node.Pause();
  world.RunUntil(VirtualTime::Milliseconds(5));
  EXPECT_FALSE(task.IsDone());
  task.Cancel();
  EXPECT_TRUE(task.IsDone());
  node.Resume();
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_FALSE(has_run);
}

TEST(CancelTest, ACrashEndsATaskToItsHandle) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("node");
  const TaskHandle task =
      node.Spawn([](Env& env) { env.clock().SleepFor(Seconds(1)); });
  world.RunUntil(VirtualTime());
  node.Crash();
  EXPECT_TRUE(task.IsDone());
  task.Cancel();
}

TEST(CancelTest, TheEndOfTheWorldEndsATaskToItsHandle) {
  World world({.seed = Seed(1)});
  const TaskHandle task = world.AddNode("node").Spawn(
      [](Env& env) { env.tasks().WaitUntilStopped(); });
  world.RunUntilIdle();
  world.End();
  EXPECT_TRUE(task.IsDone());
  task.Cancel();
}

TEST(CancelTest, AnAbandonedWorldHasNoTasksToItsHandles) {
  // It is left for ever, as the world of a scenario that threw.
  World& world = *new World({.seed = Seed(1)});
  const TaskHandle task = world.AddNode("node").Spawn(
      [](Env& env) { env.tasks().WaitUntilStopped(); });
  world.RunUntilIdle();
  world.Abandon();
  EXPECT_TRUE(task.IsDone());
  task.Cancel();
}

TEST(CancelTest, RefusesADestructorThatCrashesItsOwnNode) {
  struct Destructor {
    Node& node;
    ~Destructor() { node.Crash(); }
  };
  const auto run = [] {
    World world({.seed = Seed(1)});
    Node& node = world.AddNode("node");
    node.Spawn([&](Env& env) {
      const TaskHandle task = env.tasks().Spawn("task", [&] {
        const Destructor destructor{node};
        env.clock().SleepFor(Seconds(1));
      });
      env.tasks().Yield();
      task.Cancel();
    });
    world.RunUntilIdle();
  };
  EXPECT_DEATH(run(), "a task cannot end the tasks of its own node");
}

// Servers that cancel at random, on a network and disks that are harsh, while
// nodes crash: what happens is a function of the seed.
uint64_t DigestOfChaos(Seed seed) {
  World world({.seed = seed, .faults = fault::Harsh()});
  AddEchoServer(world);
  for (int number = 0; number < 3; ++number) {
    Node& node = world.AddNode(NodeName("client", number));
    node.OnBoot([&](Env& env) {
      Mutex mutex("log");
      for (int i = 0; i < 20; ++i) {
        ScopedTask task(env.tasks().Spawn("call", [&] {
          const MutexLock lock(mutex);
          env.network().Call(kServer, "echo", "x").IgnoreError();
        }));
        const TaskHandle detached = env.tasks().Spawn("append", [&] {
          const MutexLock lock(mutex);
          auto file = env.disk().Open("log", OpenMode::kCreate);
          if (file.ok()) (*file)->Append("line").IgnoreError();
        });
        env.clock().SleepFor(Milliseconds(env.random().Uniform(0, 20)));
        if (env.random().Chance({1, 3})) task->Join();
        if (env.random().Chance({1, 2})) detached.Cancel();
        if (env.random().Chance({1, 2})) detached.Join();
      }
      env.tasks().WaitUntilStopped();
    });
    for (const int64_t at : {30, 90, 150}) {
      world.RunUntil(world.now() + Milliseconds(at));
      node.Crash();
      node.Restart();
    }
  }
  world.RunUntil(VirtualTime::Seconds(20));
  world.End();
  return world.trace().digest();
}

TEST(CancelTest, RunsWithCancelsAndCrashesRepeat) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(DigestOfChaos(Seed(seed)), DigestOfChaos(Seed(seed)));
  }
}

}  // namespace
}  // namespace reprise
