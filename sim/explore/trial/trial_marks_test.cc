#include "reprise/sim/explore/trial/trial_marks.h"

#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

uint64_t Met(const TrialResult& result, std::string_view name) {
  for (const Mark* mark : Marks()) {
    if (mark->name() == name) return CountOf(*mark, result.marks);
  }
  ADD_FAILURE() << "no mark is named " << name;
  return 0;
}

// One node that runs `body` once.
TrialResult RunOneNode(const std::function<void(Env&)>& body) {
  const Scenario scenario{
      .name = "one-node", .run = [&](Trial& trial) {
        trial.NewWorld(fault::Calm()).AddNode("host").Spawn("worker", body);
        trial.Run();
      }};
  return RunTrial(scenario, {.seed = Seed(3)});
}

TEST(TrialMarksTest, CountsWhatATrialMeets) {
  const TrialResult result = RunOneNode([](Env&) {
    for (int i = 0; i < 5; ++i) {
      Always(true, "trial.always"_mark);
      Sometimes(i > 2, "trial.sometimes"_mark);
      if (i == 4) Reached("trial.reached"_mark);
    }
  });
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds);
  EXPECT_EQ(Met(result, "trial.always"), 5);
  EXPECT_EQ(Met(result, "trial.sometimes"), 2);
  EXPECT_EQ(Met(result, "trial.reached"), 1);
}

TEST(TrialMarksTest, EachTrialCountsFromZero) {
  const auto body = [](Env&) { Reached("trial.from-zero"_mark); };
  EXPECT_EQ(Met(RunOneNode(body), "trial.from-zero"), 1);
  EXPECT_EQ(Met(RunOneNode(body), "trial.from-zero"), 1);
  EXPECT_EQ(Met(RunOneNode([](Env&) {}), "trial.from-zero"), 0);
}

TEST(TrialMarksTest, AFalseAlwaysSaysWhatWhereWhoAndWhen) {
  const TrialResult result = RunOneNode([](Env& env) {
    env.clock().SleepFor(Milliseconds(7));
    Always(false, "trial.broken"_mark);
  });
  EXPECT_EQ(result.verdict.property, "always");
  EXPECT_THAT(result.verdict.message,
              AllOf(HasSubstr("Always(\"trial.broken\") was false at "),
                    HasSubstr("sim/explore/trial/trial_marks_test.cc:"),
                    HasSubstr("task \"worker\" of node \"host\""),
                    HasSubstr("at 0.007 000 s")));
}

TEST(TrialMarksTest, AViolatedMarkIsToldOnceAndTheRunGoesOn) {
  const TrialResult result = RunOneNode([](Env&) {
    for (int i = 0; i < 3; ++i) {
      Always(i > 5, "trial.false-thrice"_mark);
      Unreachable("trial.unreachable"_mark);
    }
    Reached("trial.went-on"_mark);
  });
  EXPECT_EQ(result.verdict.property, "always");
  ASSERT_THAT(result.verdict.also, SizeIs(1));
  EXPECT_EQ(result.verdict.also[0].property, "unreachable");
  EXPECT_EQ(Met(result, "trial.went-on"), 1);
  EXPECT_EQ(Met(result, "trial.false-thrice"), 3);
}

TEST(TrialMarksTest, AScenarioHasMarksOutsideTasks) {
  const Scenario scenario{.name = "outside", .run = [](Trial& trial) {
                            trial.NewWorld(fault::Calm());
                            trial.Run();
                            Unreachable("trial.outside"_mark);
                          }};
  const TrialResult result = RunTrial(scenario, {});
  EXPECT_EQ(result.verdict.property, "unreachable");
  EXPECT_THAT(result.verdict.message, HasSubstr("in no task"));
}

TEST(TrialMarksTest, AreNotHeardWhileATaskUnwinds) {
  struct Unwound {
    ~Unwound() { Unreachable("trial.unwound"_mark); }
  };
  const Scenario scenario{.name = "unwound", .run = [](Trial& trial) {
                            Node& node =
                                trial.NewWorld(fault::Calm()).AddNode("host");
                            node.OnBoot([](Env& env) {
                              const Unwound unwound;
                              env.tasks().WaitUntilStopped();
                            });
                            trial.RunUntilIdle();
                            node.Crash();
                            trial.Run();
                          }};
  const TrialResult result = RunTrial(scenario, {});
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds) << result.verdict.message;
  EXPECT_EQ(Met(result, "trial.unwound"), 0);
}

TEST(TrialMarksTest, DoNotEnterTheDigest) {
  const auto rest = [](Env& env) { env.clock().SleepFor(Milliseconds(1)); };
  const TrialResult without = RunOneNode(rest);
  const TrialResult with = RunOneNode([&](Env& env) {
    Reached("trial.no-digest"_mark);
    rest(env);
    Always(false, "trial.no-digest-either"_mark);
  });
  EXPECT_EQ(with.digest, without.digest);
  EXPECT_EQ(with.events, without.events);
}

}  // namespace
}  // namespace reprise
