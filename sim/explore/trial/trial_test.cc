#include "reprise/sim/explore/trial/trial.h"

#include <ctime>
#include <new>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class TrialTest : public testing::Test {
 protected:
  TrialOptions options_{.seed = Seed(7)};
  TrialArena arena_;
};

TEST_F(TrialTest, OptionsKeepTheirDefaults) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Option("clients", 5), 5);
  EXPECT_THAT(trial.asked_options(), ElementsAre(OptionValue{"clients", 5}));
}

TEST_F(TrialTest, OptionsCanBeReplaced) {
  options_.options = {{"clients", 2}};
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Option("clients", 5), 2);
  EXPECT_EQ(trial.Option("clients", 9), 2);
  EXPECT_EQ(trial.Option("keys", 3), 3);
  EXPECT_THAT(trial.asked_options(),
              ElementsAre(OptionValue{"clients", 2}, OptionValue{"keys", 3}));
}

TEST_F(TrialTest, AnArenaRemembersNothing) {
  {
    Trial trial(options_, arena_);
    trial.NewWorld(fault::Calm());
    trial.Option("clients", 5);
    Recorder<checker::KeyValueModel> recorder(trial);
    recorder.Invoke({}, checker::OperationKind::kGet, "k", "");
  }
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.operations(), 0u);
  EXPECT_THAT(trial.asked_options(), IsEmpty());
}

TEST_F(TrialTest, WorkloadDrawsDependOnSeedClientAndOperationAlone) {
  Trial trial(options_, arena_);
  const uint64_t draw = trial.Workload(3, 9).Next();
  EXPECT_EQ(Trial(options_, arena_).Workload(3, 9).Next(), draw);
  EXPECT_NE(trial.Workload(3, 10).Next(), draw);
  EXPECT_NE(trial.Workload(4, 9).Next(), draw);
  const TrialOptions other{.seed = Seed(8)};
  EXPECT_NE(Trial(other, arena_).Workload(3, 9).Next(), draw);
}

TEST_F(TrialTest, WorkloadDrawsAreTheSameEverywhere) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Workload(0, 0).Next(), 9435059483838352877u);
  EXPECT_EQ(trial.Workload(1, 2).Next(), 3356061579266931545u);
}

TEST_F(TrialTest, HoldsWhenEveryPropertyHolds) {
  Trial trial(options_, arena_);
  trial.Expect(true, "order", "never said");
  EXPECT_FALSE(trial.violated());
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict, Verdict());
  EXPECT_EQ(result.seed, Seed(7));
}

TEST_F(TrialTest, TheFirstViolationNamesTheVerdict) {
  Trial trial(options_, arena_);
  trial.Expect(false, "order", "b before a");
  trial.Violate("loss", "c is gone");
  trial.Undecided("too much");
  EXPECT_TRUE(trial.violated());
  EXPECT_EQ(trial.Finish().verdict, (Verdict{.kind = VerdictKind::kViolated,
                                             .property = "order",
                                             .message = "b before a",
                                             .also = {{"loss", "c is gone"}}}));
}

TEST_F(TrialTest, AViolationOutweighsUndecided) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Violate("order", "b before a");
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kViolated);
}

TEST_F(TrialTest, AViolationKeepsWhyTheTrialWasUndecided) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Expect(false, "order", "b before a");
  EXPECT_EQ(trial.Finish().verdict,
            (Verdict{.kind = VerdictKind::kViolated,
                     .property = "order",
                     .message = "b before a\n"
                                "before that, the trial was undecided: too "
                                "much"}));
}

TEST_F(TrialTest, AViolationAlwaysHasEvidence) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Expect(false, "order", "");
  trial.Expect(false, "loss", "");
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_THAT(verdict.message,
              testing::StartsWith("the property does not hold"));
  EXPECT_THAT(verdict.also,
              ElementsAre(Finding{"loss", "the property does not hold"}));
}

TEST_F(TrialTest, AViolationCanStopTheTrial) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("judge").Spawn([&](Env& env) {
    trial.Violate("loss", "c is gone");
    env.clock().SleepFor(Milliseconds(5));
    trial.ViolateAndStop("order", "b before a");
    trial.Violate("later", "is passed over");
    env.clock().SleepFor(Milliseconds(5));
    ADD_FAILURE() << "the world went on";
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  trial.Expect(false, "later", "is passed over");
  trial.Undecided("is passed over");
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict, (Verdict{.kind = VerdictKind::kViolated,
                                     .property = "loss",
                                     .message = "c is gone",
                                     .also = {{"order", "b before a"}}}));
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(5));
}

TEST_F(TrialTest, AViolationOutsideOfARunStopsTheNext) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("idler").Spawn([](Env&) {
    ADD_FAILURE() << "the world ran";
  });
  trial.ViolateAndStop("order", "b before a");
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(trial.Finish().verdict.property, "order");
}

TEST_F(TrialTest, UndecidedIsNotAPass) {
  Trial trial(options_, arena_);
  trial.Expect(true, "order", "");
  trial.Undecided("too much");
  trial.Undecided("and more");
  EXPECT_EQ(trial.Finish().verdict,
            (Verdict{.kind = VerdictKind::kUndecided, .message = "too much"}));
}

TEST_F(TrialTest, AScenarioWithoutPropertiesIsUndecided) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kUndecided);
}

TEST_F(TrialTest, KeepsOnlySoManyViolations) {
  Trial trial(options_, arena_);
  for (int i = 0; i < 1000; ++i) trial.Violate("order", "again");
  EXPECT_LT(trial.Finish().verdict.also.size(), 100u);
}

TEST_F(TrialTest, TakesTheCheckersVerdicts) {
  checker::Verdict violated;
  violated.outcome = checker::Outcome::kViolated;
  violated.contradiction.sentence = "key \"k\": read nothing";
  Trial trial(options_, arena_);
  trial.Expect(checker::Verdict());
  EXPECT_FALSE(trial.violated());
  trial.Expect(violated);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "linearizability");
  EXPECT_EQ(verdict.message, "key \"k\": read nothing");

  checker::Verdict undecided;
  undecided.outcome = checker::Outcome::kUndecided;
  undecided.exhaustion.sentence = "4,000,000 states";
  Trial other(options_, arena_);
  other.Expect(undecided);
  EXPECT_EQ(other.Finish().verdict.message, "4,000,000 states");
}

TEST_F(TrialTest, ADeadlockNamesWhoWaits) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("hermit").Spawn([](Env&) {
    Future<int>("a visitor").Get();
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kDeadlocked);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "no-deadlock");
  EXPECT_THAT(verdict.message, HasSubstr("hermit"));
  EXPECT_THAT(verdict.message, HasSubstr("a visitor"));
}

TEST_F(TrialTest, AnEndlessTrialIsUndecided) {
  options_.max_steps = 1000;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("hamster").Spawn([](Env& env) {
    while (true) env.clock().SleepFor(Milliseconds(1));
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kOutOfBudget);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(verdict.message, HasSubstr("budget of 1000 steps"));
}

TEST_F(TrialTest, AnExceptionOfANodeViolatesNoCrash) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("server").Spawn([](Env& env) {
    env.clock().SleepFor(Milliseconds(7));
    std::vector<int>().at(3);
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kFailed);
  trial.Expect(false, "later", "nothing that comes later counts");
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "no-crash");
  EXPECT_THAT(verdict.message, HasSubstr("node server, task"));
  EXPECT_THAT(verdict.message, HasSubstr("threw std::out_of_range: vector"));
  EXPECT_THAT(verdict.message, HasSubstr(" at 0.007 000 s"));
  EXPECT_THAT(verdict.also, IsEmpty());
}

TEST_F(TrialTest, LackOfMemoryLeavesATrialUndecided) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("server").Spawn([](Env&) {
    // tidy: allow(throw) as operator new does
    throw std::bad_alloc();
  });
  trial.Run();
  trial.Expect(false, "later", "nothing that comes later counts");
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kUndecided);
  EXPECT_TRUE(verdict.depends_on_machine);
  EXPECT_THAT(verdict.message, HasSubstr("found no memory left"));
}

TEST_F(TrialTest, ReportsMemory) {
  Trial trial(options_, arena_);
  trial.Expect(true, "memory", "");
  trial.ReportMemory(100, 200);
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.held_bytes, 100u);
  EXPECT_EQ(result.limit_bytes, 200u);
}

using TrialDeathTest = TrialTest;

TEST_F(TrialDeathTest, AViolatedPropertyHasAName) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.Violate("", "b before a"), "has a name");
}

TEST_F(TrialDeathTest, RefusesAnOptionOutsideItsRange) {
  options_.options = {{"clients", -1}};
  Trial trial(options_, arena_);
  EXPECT_EXIT(trial.Option("clients", 5, {.first = 1, .last = 9}),
              testing::ExitedWithCode(2),
              "option clients is -1, expected 1..9");
}

TEST_F(TrialDeathTest, HasOneWorld) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.world(), "NewWorld");
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.NewWorld(fault::Calm()), "one world");
}

// A trial whose only node looks at the wall clock.
TrialResult RunWithWallClock(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("dreamer").Spawn([](Env&) {
    // tidy: allow(wall-clock) what the sandbox must notice
    std::time(nullptr);
  });
  trial.Run();
  return trial.Finish();
}

TEST_F(TrialTest, ACallThatIsForbiddenViolatesSandbox) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  Trial trial(options_, arena_);
  const Verdict verdict = RunWithWallClock(trial).verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kViolated);
  EXPECT_EQ(verdict.property, "sandbox");
  EXPECT_THAT(verdict.message,
              HasSubstr("code of a node called time: the wall clock outside "
                        "its env.\n"));
  EXPECT_THAT(verdict.message, HasSubstr("node \"dreamer\""));
  EXPECT_THAT(verdict.message, Not(HasSubstr("Scheduler::")));
  EXPECT_THAT(verdict.message, Not(HasSubstr("std::__invoke")));
  EXPECT_THAT(verdict.also, IsEmpty());
}

// It explains what went wrong after it, also in the same run.
TEST_F(TrialTest, ACallThatIsForbiddenComesBeforeOtherViolations) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("dreamer").Spawn([&](Env&) {
    // tidy: allow(wall-clock) what the sandbox must notice
    std::time(nullptr);
    trial.Violate("loss", "c is gone");
    trial.ViolateAndStop("order", "b before a");
  });
  trial.Run();
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "sandbox");
  EXPECT_THAT(verdict.also, ElementsAre(Finding{"loss", "c is gone"},
                                        Finding{"order", "b before a"}));
}

TEST_F(TrialTest, AScenarioMayAllowACall) {
  Trial trial(options_, arena_);
  trial.Allow(Forbidden::kWallClock);
  EXPECT_EQ(RunWithWallClock(trial).verdict.kind, VerdictKind::kHolds);
}

}  // namespace
}  // namespace reprise
