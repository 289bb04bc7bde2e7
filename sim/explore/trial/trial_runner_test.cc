#include "reprise/sim/explore/trial/trial_runner.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The first seed at which the toy's bug shows.
TrialOptions FirstFailure(const Scenario& scenario, const std::string& bug) {
  TrialOptions options{.bug = bug};
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    options.seed = Seed(seed);
    const TrialResult result = RunTrial(scenario, options);
    if (result.verdict.kind == VerdictKind::kViolated) return options;
  }
  ADD_FAILURE() << bug << " was not found";
  return options;
}

TEST(TrialRunnerTest, AnExceptionOfTheScenarioViolatesNoCrash) {
  const Scenario broken{.name = "broken", .run = [](Trial& trial) {
                          trial.Expect(true, "fine", "");
                          std::vector<int>().at(3);
                        }};
  const TrialResult result = RunTrial(broken, {});
  EXPECT_EQ(result.verdict.property, "no-crash");
  EXPECT_THAT(result.verdict.message,
              HasSubstr("the scenario's own code threw std::out_of_range"));
}

TEST(TrialRunnerTest, AScenarioSaysHowMuchATrialMayTake) {
  const Scenario endless{.name = "endless",
                         .run =
                             [](Trial& trial) {
                               trial.NewWorld(fault::Calm())
                                   .AddNode("hamster")
                                   .Spawn([](Env& env) {
                                     for (;;) {
                                       env.clock().SleepFor(Milliseconds(1));
                                     }
                                   });
                               trial.Run();
                             },
                         .max_steps = 500};
  const TrialResult result = RunTrial(endless, {});
  EXPECT_EQ(result.verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(result.verdict.message, HasSubstr("budget of 500 steps"));
  const TrialResult shorter = RunTrial(endless, {.max_steps = 100});
  EXPECT_THAT(shorter.verdict.message, HasSubstr("budget of 100 steps"));
}

TEST(TrialRunnerTest, TheSameSeedEndsTheSameWay) {
  const Scenario tally = Toy("tally");
  TrialArena arena;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const TrialOptions options{.seed = Seed(seed)};
    const TrialResult first = RunTrial(tally, options, arena);
    const TrialResult second = RunTrial(tally, options);
    EXPECT_EQ(first.verdict.kind, VerdictKind::kHolds);
    EXPECT_EQ(first.digest, second.digest);
    EXPECT_EQ(first.events, second.events);
    EXPECT_GT(first.events, 10u);
    EXPECT_GT(first.virtual_time, VirtualTime());
    EXPECT_GE(first.network.calls, 6u);
  }
}

TEST(TrialRunnerTest, DifferentSeedsDiffer) {
  const Scenario tally = Toy("tally");
  EXPECT_NE(RunTrial(tally, {.seed = Seed(1)}).digest,
            RunTrial(tally, {.seed = Seed(2)}).digest);
}

TEST(TrialRunnerTest, TheCheckerFindsAStaleRead) {
  const Scenario scenario = Toy("register");
  const TrialOptions options = FirstFailure(scenario, "stale-read");
  const TrialResult result = RunTrial(scenario, options);
  EXPECT_EQ(result.verdict.property, "linearizability");
  EXPECT_THAT(result.verdict.message, HasSubstr("k"));
  EXPECT_EQ(result.operations, 10u);
  TrialOptions correct = options;
  correct.bug.clear();
  EXPECT_EQ(RunTrial(scenario, correct).verdict.kind, VerdictKind::kHolds);
}

TEST(TrialRunnerTest, RecordingDoesNotChangeTheTrial) {
  const Scenario tally = Toy("tally");
  const TrialOptions options = FirstFailure(tally, "counts-twice");
  TrialArena arena;
  const TrialResult plain = RunTrial(tally, options, arena);
  const RecordedTrial recorded = RunTrialAgain(tally, options, plain, arena);
  EXPECT_EQ(recorded.result.digest, plain.digest);
  EXPECT_EQ(recorded.result.verdict, plain.verdict);
  EXPECT_THAT(recorded.schedule, SizeIs(testing::Gt(0u)));
  EXPECT_THAT(recorded.options,
              testing::ElementsAre(OptionValue{"clients", 2},
                                   OptionValue{"additions", 3}));
}

TEST(TrialRunnerTest, ACompleteScheduleGivesTheDigestOfTheSeed) {
  for (const char* name : {"tally", "register"}) {
    const Scenario scenario = Toy(name);
    TrialArena arena;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      TrialOptions options{.seed = Seed(seed)};
      const RecordedTrial recorded = RunRecordedTrial(scenario, options, arena);
      const Edits edits{.base = Base::kCalm, .schedule = recorded.schedule};
      options.edits = &edits;
      const RecordedTrial replayed = RunRecordedTrial(scenario, options, arena);
      EXPECT_EQ(replayed.result.digest, recorded.result.digest);
      EXPECT_EQ(replayed.schedule, recorded.schedule);
      EXPECT_THAT(replayed.unused, IsEmpty());
    }
  }
}

TEST(TrialRunnerTest, WhatAScheduleDoesNotNameIsCalm) {
  const Scenario tally = Toy("tally");
  TrialOptions options = FirstFailure(tally, "counts-twice");
  const Edits calm{.base = Base::kCalm};
  options.edits = &calm;
  TrialArena arena;
  const RecordedTrial recorded = RunRecordedTrial(tally, options, arena);
  EXPECT_EQ(recorded.result.verdict.kind, VerdictKind::kHolds);
  EXPECT_EQ(recorded.result.faults[Fault::kRequestLoss], 0u);
  EXPECT_THAT(recorded.schedule, IsEmpty());
}

TEST(TrialRunnerTest, PartOfAScheduleKeepsTheFailure) {
  const Scenario tally = Toy("tally");
  TrialOptions options = FirstFailure(tally, "counts-twice");
  TrialArena arena;
  Schedule schedule = RunRecordedTrial(tally, options, arena).schedule;
  std::erase_if(schedule, [](const Decision& decision) {
    return decision.purpose != "reply-loss";
  });
  ASSERT_THAT(schedule, SizeIs(testing::Gt(0u)));
  const Edits edits{.base = Base::kCalm, .schedule = schedule};
  options.edits = &edits;
  EXPECT_EQ(RunTrial(tally, options).verdict.property, "exactly-once");
}

TEST(TrialRunnerTest, NamesDecisionsThatNoLongerApply) {
  const Decision gone{"client-9->server", "request-loss", 3, 1};
  const Edits edits{.base = Base::kCalm, .schedule = {gone}};
  TrialArena arena;
  const TrialOptions options{.edits = &edits};
  EXPECT_THAT(RunRecordedTrial(Toy("tally"), options, arena).unused,
              testing::ElementsAre(gone));
  EXPECT_THAT(RunRecordedTrial(Toy("parity"), options, arena).unused,
              testing::ElementsAre(gone));
}

TEST(TrialRunnerTest, ALeakIsAViolationOfDeterminism) {
  const Scenario leaky = Toy("leaky");
  const TrialOptions options{.seed = Seed(3)};
  TrialArena arena;
  const TrialResult first = RunTrial(leaky, options, arena);
  EXPECT_EQ(first.verdict.property, "canary");
  const Verdict verdict =
      RunTrialAgain(leaky, options, first, arena).result.verdict;
  EXPECT_EQ(verdict.property, "determinism");
  EXPECT_THAT(verdict.message, HasSubstr("two runs of seed 3 differ"));
  EXPECT_THAT(verdict.also, SizeIs(2));
}

TEST(TrialRunnerTest, AScenarioWithoutPropertiesIsUndecided) {
  EXPECT_EQ(RunTrial(Toy("mute"), {}).verdict.message,
            "the scenario stated no property");
}

}  // namespace
}  // namespace reprise
