// What a trial says of a scenario that uses it as it cannot be used: whose
// scenario, what was wrong, and what to do.

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/time.h"
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

using testing::AllOf;
using testing::HasSubstr;

TrialResult RunAs(const std::function<void(Trial&)>& run,
                  const TrialOptions& options = {.seed = Seed(3)}) {
  return RunTrial({.name = "tidy", .run = run}, options);
}

TEST(MisuseTest, NamesTheScenarioAndWhatToDo) {
  EXPECT_DEATH(RunAs([](Trial& trial) { trial.world(); }),
               "NewWorld\\(faults\\)(.|\n)*scenario \"tidy\"");
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 trial.NewWorld(fault::Calm());
                 trial.NewWorld(fault::Calm());
               }),
               "a second time(.|\n)*what to do(.|\n)*scenario \"tidy\"");
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 trial.NewWorld(fault::Calm()).AddNode("n").Spawn([&](Env&) {
                   trial.Run();
                 });
                 trial.Run();
               }),
               "inside a task(.|\n)*what to do(.|\n)*scenario \"tidy\"");
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 trial.NewWorld(fault::Calm()).AddNode("n");
                 trial.world().AddNode("n");
               }),
               "two nodes are named n(.|\n)*scenario \"tidy\"");
}

TEST(MisuseTest, AnEnvOutsideTasksIsNamed) {
  const std::string message =
      "node \"n\" was called outside the tasks(.|\n)*node.Spawn\\(\\)"
      "(.|\n)*scenario \"tidy\"";
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 Node& node = trial.NewWorld(fault::Calm()).AddNode("n");
                 node.env().clock().SleepFor(Seconds(1));
               }),
               message);
  EXPECT_DEATH(
      RunAs([](Trial& trial) {
        Node& node = trial.NewWorld(fault::Calm()).AddNode("n");
        static_cast<void>(node.env().network().Call(node.id(), "m", ""));
      }),
      message);
}

TEST(MisuseTest, WaitingOutsideTasksIsNamed) {
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 trial.NewWorld(fault::Calm());
                 Future<int>("answer").Get();
               }),
               "future answer, but only a task can wait(.|\n)*\"tidy\"");
}

TEST(MisuseTest, AWorldThatRunsOnWithoutWhatItsTasksWaitInIsNamed) {
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 World& world = trial.NewWorld(fault::Calm());
                 {
                   Future<int> answer;
                   world.AddNode("n").Spawn([&](Env&) { answer.Get(); });
                   world.RunUntilIdle();
                 }
                 world.RunUntilIdle();
               }),
               "future or wait group that is gone(.|\n)*\"tidy\"");
}

TEST(MisuseTest, AWaitInAPacketRuleIsNamed) {
  EXPECT_DEATH(RunAs([](Trial& trial) {
                 World& world = trial.NewWorld(fault::Calm());
                 Node& node = world.AddNode("n");
                 const PacketRuleGuard guard =
                     world.AddPacketRule([&](const PacketView&) {
                       node.env().clock().SleepFor(Seconds(1));
                       return Ruling::Pass();
                     });
                 node.Spawn([&](Env& env) {
                   EXPECT_FALSE(env.network().Call(node.id(), "m", "").ok());
                 });
                 trial.Run();
               }),
               "outside the tasks(.|\n)*\"tidy\"");
}

// Asks for a method again and again.
void AskForEver(Env& env, NodeId server) {
  while (!env.network().Call(server, "kv.Foo", "").ok()) {
    env.clock().SleepFor(Milliseconds(1));
  }
}

void ServeSomething(Env& env) {
  const Handler echo = [](NodeId, Bytes request) { return request; };
  env.network().Serve("kv.Get", echo);
  env.network().Serve("kv.Put", echo);
  env.tasks().WaitUntilStopped();
}

constexpr char kUnserved[] = "node server serves no method kv.Foo";
constexpr char kServed[] = "it serves: kv.Get, kv.Put";

TEST(MisuseTest, AMethodThatNobodyServesIsNamedWhereTheBudgetRunsOut) {
  const TrialResult result = RunAs(
      [](Trial& trial) {
        World& world = trial.NewWorld(fault::Calm());
        Node& server = world.AddNode("server");
        server.OnBoot(ServeSomething);
        world.AddNode("client").Spawn(
            [&](Env& env) { AskForEver(env, server.id()); });
        trial.Run();
      },
      {.seed = Seed(3), .max_steps = 10'000});
  EXPECT_EQ(result.verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(result.verdict.message,
              AllOf(HasSubstr(kUnserved), HasSubstr(kServed)));
}

TEST(MisuseTest, AMethodThatNobodyServesIsNamedWhereNoProgressIsMade) {
  const TrialResult result = RunAs([](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Node& server = world.AddNode("server");
    server.OnBoot(ServeSomething);
    world.AddNode("client").Spawn(
        [&](Env& env) { AskForEver(env, server.id()); });
    trial.RunWithLiveness(
        {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(1)});
    trial.End();
  });
  EXPECT_EQ(result.verdict.property, "liveness");
  EXPECT_THAT(result.verdict.message,
              AllOf(HasSubstr(kUnserved), HasSubstr(kServed)));
}

TEST(MisuseTest, AMethodThatIsServedMeanwhileIsNotNamed) {
  const TrialResult result = RunAs([](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Node& server = world.AddNode("server");
    server.OnBoot([](Env& env) {
      env.clock().SleepFor(Seconds(1));
      env.network().Serve("kv.Foo", [](NodeId, Bytes b) { return b; });
      Future<int>("nothing").Get();
    });
    world.AddNode("client").Spawn(
        [&](Env& env) { AskForEver(env, server.id()); });
    trial.Run();
  });
  EXPECT_EQ(result.verdict.property, "no-deadlock");
  EXPECT_THAT(result.verdict.message, testing::Not(HasSubstr(kUnserved)));
}

}  // namespace
}  // namespace reprise
