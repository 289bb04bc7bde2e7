// How long what a scenario owns is used by its nodes: never longer than it is
// there, however the scenario ends.

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Calls `at_end` when it goes, unless it was moved away.
class Guard {
 public:
  explicit Guard(std::function<void()> at_end) : at_end_(std::move(at_end)) {}
  Guard(Guard&& other) noexcept : at_end_(std::exchange(other.at_end_, {})) {}
  Guard& operator=(Guard&&) = delete;
  ~Guard() {
    if (at_end_ != nullptr) at_end_();
  }

 private:
  std::function<void()> at_end_;
};

TrialResult RunAs(const std::function<void(Trial&)>& run) {
  return RunTrial({.name = "tidy", .run = run}, {.seed = Seed(3)});
}

// A node whose program waits for ever and changes `uses` when it ends.
Node& AddUser(Trial& trial, std::vector<int>& uses) {
  Node& node = trial.world().AddNode("user");
  node.OnBoot([&uses](Env& env) {
    const Guard guard([&uses] { uses.push_back(1); });
    env.tasks().WaitUntilStopped();
  });
  return node;
}

TEST(LifetimeTest, AProgramsGuardSeesWhatTheScenarioOwns) {
  bool was_alive = false;
  RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    const auto owned = std::make_unique<std::string>(100, 'x');
    trial.world().AddNode("server").OnBoot([&](Env& env) {
      const Guard guard([&] { was_alive = owned->size() == 100; });
      env.tasks().WaitUntilStopped();
    });
    trial.Run();
  });
  EXPECT_TRUE(was_alive);
}

TEST(LifetimeTest, WhatAProgramHoldsItselfEndsBeforeTheScenario) {
  std::vector<std::string> order;
  RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    const Guard owned([&] { order.push_back("owned"); });
    auto held =
        std::make_shared<Guard>([&] { order.push_back("held by a program"); });
    std::weak_ptr<Guard> seen = held;
    trial.world().AddNode("server").OnBoot(
        [held = std::move(held)](Env& env) { env.tasks().WaitUntilStopped(); });
    trial.Run();
    EXPECT_TRUE(seen.expired());
  });
  EXPECT_THAT(order, ElementsAre("held by a program", "owned"));
}

TEST(LifetimeTest, EndComesAfterOtherRuns) {
  std::vector<std::string> order;
  const TrialResult result = RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    trial.world().AddNode("server").OnBoot([&](Env& env) {
      const Guard guard([&] { order.push_back("unwound"); });
      env.tasks().WaitUntilStopped();
    });
    trial.RunWithLiveness(
        {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(1)});
    order.push_back("lives on");
    trial.End();
    order.push_back("judged");
    trial.Expect(true, "fine", "");
  });
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds) << result.verdict.message;
  EXPECT_THAT(order, ElementsAre("lives on", "unwound", "judged"));
}

TEST(LifetimeTest, BeforeEndSeesTheObjectsOfTasks) {
  int seen = 0;
  RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    const int* counted = nullptr;
    trial.world().AddNode("server").OnBoot([&](Env& env) {
      int count = 7;
      counted = &count;
      env.tasks().WaitUntilStopped();
    });
    trial.BeforeEnd([&] { seen = *counted; });
    trial.Run();
  });
  EXPECT_EQ(seen, 7);
}

TEST(LifetimeTest, AScenarioWithoutEndIsToldOfIt) {
  std::vector<int> uses;
  const TrialResult result = RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    AddUser(trial, uses);
    trial.world().RunUntilIdle();
    trial.Expect(true, "fine", "");
  });
  EXPECT_EQ(result.verdict.property, "world-ended");
  EXPECT_THAT(result.verdict.message, HasSubstr("scenario tidy"));
  EXPECT_THAT(result.verdict.message, HasSubstr("trial.End()"));
  EXPECT_THAT(result.verdict.message,
              HasSubstr("task \"boot\" of node \"user\""));
  EXPECT_THAT(uses, IsEmpty());
}

TEST(LifetimeTest, AWorldWithoutTasksNeedsNoEnd) {
  const TrialResult result = RunAs([](Trial& trial) {
    trial.NewWorld(fault::Calm()).AddNode("brief").Spawn([](Env&) {});
    trial.world().RunUntilIdle();
    trial.Expect(true, "fine", "");
  });
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds) << result.verdict.message;
}

TEST(LifetimeTest, AViolatedScenarioThatReturnsEarlyKeepsItsVerdict) {
  std::vector<int> uses;
  const TrialResult result = RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    AddUser(trial, uses);
    trial.world().AddNode("judge").Spawn(
        [&](Env&) { trial.ViolateAndStop("sum", "The sum is wrong."); });
    const bool is_done = trial.RunWithLiveness(
        {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(1)});
    if (!is_done) return;
    trial.End();
  });
  EXPECT_EQ(result.verdict.property, "sum");
  EXPECT_THAT(uses, IsEmpty());
}

TEST(LifetimeTest, AScenarioThatThrowsLeavesItsTasksAlone) {
  std::vector<int> uses;
  const TrialResult result = RunAs([&](Trial& trial) {
    trial.NewWorld(fault::Calm());
    const auto owned = std::make_unique<int>(1);
    trial.world().AddNode("user").OnBoot([&](Env& env) {
      const Guard guard([&] { uses.push_back(*owned); });
      env.tasks().WaitUntilStopped();
    });
    trial.world().RunUntilIdle();
    // tidy: allow(throw) what the trial must survive
    throw std::runtime_error("no such file");
  });
  EXPECT_EQ(result.verdict.property, "no-crash");
  EXPECT_THAT(result.verdict.message, HasSubstr("no such file"));
  EXPECT_THAT(uses, IsEmpty());
}

// What each kind of thing to wait in says of two tasks that wait for ever.
TEST(LifetimeTest, ADeadlockInWhatTheScenarioOwnsIsTheVerdict) {
  const TrialResult result = RunAs([](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Mutex mutex("ledger");
    Condition condition("turn");
    Channel<int> channel(1, "orders");
    Future<int> future("answer");
    WaitGroup group("parts");
    group.Add(1);
    Node& node = world.AddNode("server");
    node.Spawn([&](Env&) {
      const MutexLock lock(mutex);
      future.Get();
    });
    node.Spawn([&](Env&) { const MutexLock lock(mutex); });
    node.Spawn([&](Env&) {
      Mutex own;
      const MutexLock lock(own);
      condition.Wait(own);
    });
    node.Spawn([&](Env&) { channel.Receive(); });
    node.Spawn([&](Env&) { group.Wait(); });
    world.RunUntil(VirtualTime::Seconds(1));
    trial.Run();
  });
  EXPECT_EQ(result.verdict.property, "no-deadlock");
  for (const char* what : {"mutex ledger", "condition turn", "channel orders",
                           "future answer", "wait group parts"}) {
    EXPECT_THAT(result.verdict.message, HasSubstr(what));
  }
}

TEST(LifetimeTest, AMutexOfATaskMayEndBeforeItsWaitersAtTheEnd) {
  const TrialResult result = RunAs([](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Mutex* shared = nullptr;
    // The world unwinds the newest node first, and the mutex with it.
    Node& waiter = world.AddNode("waiter");
    world.AddNode("early").Spawn([](Env&) {});
    waiter.Spawn([&](Env& env) {
      env.clock().SleepFor(Seconds(1));
      const MutexLock lock(*shared);
    });
    world.AddNode("owner").Spawn([&](Env& env) {
      auto mutex = std::make_unique<Mutex>("own");
      shared = mutex.get();
      const MutexLock lock(*mutex);
      Future<int>("nothing").Get();
      env.tasks().Yield();
    });
    trial.Run();
  });
  EXPECT_EQ(result.verdict.property, "no-deadlock");
}

TEST(LifetimeTest, TheEndChangesNothingThatIsJudged) {
  const auto run = [](Trial& trial, bool is_meddling) {
    World& world = trial.NewWorld(fault::Calm());
    Recorder<checker::KeyValueModel> recorder(trial);
    Node& other = world.AddNode("other");
    other.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
    Node& server = world.AddNode("server");
    server.OnBoot([&](Env& env) {
      const Guard guard([&] {
        if (!is_meddling) return;
        using checker::OperationKind;
        const checker::Caller me = {.client = 1, .place = env.id().value()};
        recorder.Return(recorder.Invoke(me, OperationKind::kPut, "k", "v"), "");
        world.Note("over");
        other.Crash();
        other.Spawn([](Env&) {});
        world.SetConnected(server.id(), other.id(), false);
        env.clock().SleepFor(Seconds(1));
        EXPECT_FALSE(env.network().Call(other.id(), "m", "").ok());
        trial.Violate("late", "Too late to be heard.");
      });
      env.tasks().WaitUntilStopped();
    });
    trial.Run();
    EXPECT_EQ(recorder.history().size(), 0u);
    EXPECT_EQ(world.now(), VirtualTime());
    EXPECT_TRUE(other.IsUp());
  };
  const TrialResult quiet = RunAs([&](Trial& trial) { run(trial, false); });
  const TrialResult loud = RunAs([&](Trial& trial) { run(trial, true); });
  EXPECT_EQ(DescribeResult(loud), DescribeResult(quiet));
  EXPECT_EQ(loud.network.calls, quiet.network.calls);
}

class AfterTheEndTest : public testing::Test {
 protected:
  // What happens where `use` follows trial.Run().
  static void UseAfterwards(const std::function<void(Trial&, Node&)>& use) {
    RunAs([&](Trial& trial) {
      Node& node = trial.NewWorld(fault::Calm()).AddNode("server");
      node.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
      trial.Run();
      use(trial, node);
    });
  }
};

TEST_F(AfterTheEndTest, WhatChangesTheWorldIsMisuse) {
  const std::string what =
      "after the end of the world(.|\n)*RunUntilIdle"
      "(.|\n)*scenario \"tidy\"";
  const auto dies = [&](const std::function<void(Trial&, Node&)>& use) {
    EXPECT_DEATH(UseAfterwards(use), what);
  };
  dies([](Trial&, Node& node) { node.Spawn([](Env&) {}); });
  dies([](Trial&, Node& node) { node.Crash(); });
  dies([](Trial&, Node& node) { node.Restart(); });
  dies([](Trial&, Node& node) { node.Pause(); });
  dies([](Trial& trial, Node&) { trial.world().AddNode("late"); });
  dies([](Trial& trial, Node&) { trial.Run(); });
  dies([](Trial& trial, Node&) { trial.world().RunUntilIdle(); });
  dies([](Trial& trial, Node&) { trial.world().Note("late"); });
  dies([](Trial&, Node& node) { node.env().clock().SleepFor(Seconds(1)); });
}

TEST_F(AfterTheEndTest, ARecorderIsMisuse) {
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 trial.NewWorld(fault::Calm());
                 Recorder<checker::KeyValueModel> recorder(trial);
                 trial.Run();
                 recorder.Invoke({}, checker::OperationKind::kGet, "k", "");
               }),
               "recorded after the end of the world(.|\n)*\"tidy\"");
}

TEST_F(AfterTheEndTest, WhatCanBeReadIsAsItWas) {
  UseAfterwards([](Trial& trial, Node& node) {
    EXPECT_EQ(trial.world().now(), VirtualTime());
    EXPECT_TRUE(node.IsUp());
    EXPECT_TRUE(node.HasProgram());
    EXPECT_EQ(node.UnfinishedTasks(), 0u);
    EXPECT_EQ(trial.world().trace().events(), 3u);
    EXPECT_TRUE(trial.world().leaks().empty());
  });
}

}  // namespace
}  // namespace reprise
