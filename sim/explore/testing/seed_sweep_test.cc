#include "reprise/sim/explore/testing/seed_sweep.h"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"
#include "reprise/sim/explore/testing/test_environment.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The tests of users look like this.
class ToySweep : public testing::TestWithParam<PlantedBug> {};

TEST_P(ToySweep, Holds) {
  EXPECT_TRUE(HoldsForSeeds(Toy(GetParam().scenario), {.seeds = 50}));
}

TEST_P(ToySweep, FindsItsBug) {
  EXPECT_TRUE(FindsBug(ToyCatalog(), GetParam(), {.seeds = 100}));
}

INSTANTIATE_TEST_SUITE_P(Toys, ToySweep, testing::ValuesIn(ToyCatalog().bugs),
                         [](const auto& info) {
                           return TestName(info.param.scenario);
                         });

TEST(SeedSweepTest, AFailureSaysSeedEvidenceAndReplay) {
  const SeedSweepFindings findings =
      SweepSeeds(Toy("tally"),
                 {.trial = {.bug = "counts-twice"}, .program = "reprise"}, {});
  EXPECT_THAT(findings.failure,
              AllOf(HasSubstr("tally · seed 0 · VIOLATED: exactly-once\n"),
                    HasSubstr("the tally is 7 after 6 additions\n"),
                    HasSubstr("again:   reprise replay --scenario=tally "
                              "--seed=0 --bug=counts-twice --trace\n")));
}

TEST(SeedSweepTest, AFailureIsShrunkUnlessItIsNotWanted) {
  SeedSweepOptions options{.trial = {.bug = "counts-twice"}};
  EXPECT_THAT(SweepSeeds(Toy("tally"), options, {}).failure,
              AllOf(HasSubstr("\nThe same, shrunk:\ntally · seed 0 · VIOLATED"),
                    HasSubstr("shrunk from ")));
  options.shrink_seconds = 0;
  EXPECT_THAT(SweepSeeds(Toy("tally"), options, {}).failure,
              Not(HasSubstr("shrunk")));
}

TEST(SeedSweepTest, AMarkThatNoSeedReachesIsAFailureWhereItIsRequired) {
  SeedSweepOptions options{.seeds = 30, .requires_reached = true};
  EXPECT_THAT(SweepSeeds(Toy("tally"), options, {}).failure,
              HasSubstr("tally · VIOLATED: reached\n  1 mark was reached in "
                        "none of 30 seeds: tally.many-clients."));
  EXPECT_EQ(
      SweepSeeds(Toy("tally"), options, {.seeds = SeedRange{3, 1}}).failure,
      "");
  options.trial.options = {{"clients", 3}};
  EXPECT_EQ(SweepSeeds(Toy("tally"), options, {}).failure, "");
  options.trial.options = {};
  options.requires_reached = false;
  EXPECT_EQ(SweepSeeds(Toy("tally"), options, {}).failure, "");
}

TEST(SeedSweepTest, TheFirstShardSeeksMarksInTheSeedsOfTheOthers) {
  const auto reached_from = [](uint64_t first) {
    return Scenario{.name = "late",
                    .run =
                        [first](Trial& trial) {
                          trial.Expect(true, "fine", "");
                          if (trial.seed().value() < first) return;
                          Reached("sweep.late-seed"_mark);
                        },
                    .marks = {"sweep.late-seed"}};
  };
  const SeedSweepOptions options{.seeds = 100, .requires_reached = true};
  const TestEnvironment first{.shard_index = 0, .shard_total = 4};
  const TestEnvironment second{.shard_index = 1, .shard_total = 4};
  EXPECT_EQ(SweepSeeds(reached_from(90), options, first).failure, "");
  EXPECT_THAT(SweepSeeds(reached_from(1000), options, first).failure,
              HasSubstr("1 mark was reached in none of 100 seeds"));
  EXPECT_EQ(SweepSeeds(reached_from(1000), options, second).failure, "");
}

TEST(SeedSweepTest, AFailureLeavesAReplayFile) {
  const TestEnvironment environment{.outputs_folder = testing::TempDir()};
  const SeedSweepFindings findings =
      SweepSeeds(Toy("tally"), {.trial = {.bug = "counts-twice"}}, environment);
  EXPECT_THAT(findings.failure,
              HasSubstr("saved:   tally-counts-twice-0.json"));
  EXPECT_TRUE(CheckSavedFailure(ToyCatalog(), testing::TempDir() +
                                                  "/tally-counts-twice-0.json")
                  .ok());
}

TEST(SeedSweepTest, UndecidedIsAFailure) {
  const SeedSweepFindings findings = SweepSeeds(
      Toy("parity"), {}, {.seeds = SeedRange{.first = 4, .count = 4}});
  EXPECT_THAT(findings.failure,
              AllOf(HasSubstr("1 undecided seed, which is no pass"),
                    HasSubstr("parity · seed 5 · UNDECIDED")));
}

TEST(SeedSweepTest, TheCommandForAgainKeepsTheBudgets) {
  const SeedSweepFindings findings =
      SweepSeeds(Toy("endless"), {.seeds = 1, .trial = {.max_steps = 10}}, {});
  EXPECT_THAT(findings.failure,
              HasSubstr("again:   tools/reprise replay --scenario=endless "
                        "--seed=0 --max-steps=10 --trace\n"));
}

TEST(SeedSweepTest, RunningOutOfTimeIsAFailure) {
  const SeedSweepFindings findings =
      SweepSeeds(Toy("tally"), {.seeds = 1000}, {.seconds_left = -1.0});
  EXPECT_THAT(findings.failure,
              HasSubstr("out of time: ran 0 of 1,000 planned seeds; the other "
                        "1,000 are not known to hold"));
}

TEST(SeedSweepTest, ACrashIsAFailureOfItsSeed) {
  const SeedSweepFindings findings =
      SweepSeeds(Deadly("aborts"), {.seeds = 5}, {.seeds = SeedRange{3, 4}});
  EXPECT_THAT(findings.failure,
              AllOf(HasSubstr("aborts · seed 5 · VIOLATED: no-crash"),
                    HasSubstr("was ended by signal 6")));
}

TEST(SeedSweepTest, AnAssertionIsAFailureOfItsSeed) {
  const Scenario asserting{.name = "asserting", .run = [](Trial& trial) {
                             trial.Expect(true, "done", "");
                             EXPECT_NE(trial.seed().value(), 3u) << "three";
                           }};
  const SeedSweepFindings findings = SweepSeeds(asserting, {.seeds = 10}, {});
  EXPECT_THAT(findings.failure,
              AllOf(HasSubstr("asserting · seed 3 · VIOLATED: assertion"),
                    HasSubstr("seed_sweep_test.cc"), HasSubstr("three")));
}

TEST(SeedSweepTest, HoldingSaysNothing) {
  const SeedSweepFindings findings =
      SweepSeeds(Toy("tally"), {.seeds = 10}, {.seconds_left = 3600.0});
  EXPECT_EQ(findings.failure, "");
  EXPECT_EQ(findings.result.totals.seeds, 10u);
  EXPECT_EQ(findings.seeds_planned, 10u);
}

TEST(SeedSweepTest, ShardsShareTheSeeds) {
  uint64_t next = 0;
  for (uint64_t shard = 0; shard < 3; ++shard) {
    const SeedRange part =
        SeedsOfTest(100, {.shard_index = shard, .shard_total = 3});
    EXPECT_EQ(part.first, next);
    next += part.count;
  }
  EXPECT_EQ(next, 100u);
}

TEST(SeedSweepTest, EachRunHasNewSeeds) {
  EXPECT_EQ(SeedsOfTest(100, {.run_number = 3}),
            (SeedRange{.first = 200, .count = 100}));
}

TEST(SeedSweepTest, NamedSeedsAreTheSameInEveryRun) {
  EXPECT_EQ(SeedsOfTest(100, {.seeds = SeedRange{.first = 417, .count = 1},
                              .run_number = 3}),
            (SeedRange{.first = 417, .count = 1}));
}

TEST(SeedSweepTest, AShareOfTheSeedsIsTakenWhereThereAreMany) {
  TestEnvironment environment;
  environment.percent = 25;
  EXPECT_EQ(SeedsOfTest(1000, environment), (SeedRange{0, 250}));
  EXPECT_EQ(SeedsOfTest(99, environment), (SeedRange{0, 99}));
  environment.run_number = 3;
  EXPECT_EQ(SeedsOfTest(1000, environment), (SeedRange{2000, 250}));
}

TEST(SeedSweepTest, ABugThatIsNotFoundIsAFailure) {
  if (ReadTestEnvironment()->shard_index > 0) GTEST_SKIP() << "seeks nothing";
  PlantedBug bug = ToyCatalog().bugs[0];
  bug.name = "counts-once";
  const testing::AssertionResult missed =
      FindsBug(ToyCatalog(), bug, {.seeds = 20});
  EXPECT_FALSE(missed);
  EXPECT_THAT(missed.message(),
              HasSubstr("counts-once was not found by exactly-once in 20"));
}

TEST(SeedSweepTest, ABugMustViolateItsOwnProperty) {
  if (ReadTestEnvironment()->shard_index > 0) GTEST_SKIP() << "seeks nothing";
  PlantedBug bug = ToyCatalog().bugs[0];
  bug.property = "linearizability";
  const testing::AssertionResult missed =
      FindsBug(ToyCatalog(), bug, {.seeds = 20});
  EXPECT_FALSE(missed);
  EXPECT_THAT(missed.message(), HasSubstr("but by another property:\ntally"));
}

TEST(SeedSweepTest, AThreadInAProgramIsNoticedUnlessItIsAllowed) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  const auto start_thread = [](bool is_allowed) {
    return Scenario{.name = "threaded", .run = [is_allowed](Trial& trial) {
                      World& world = trial.NewWorld(fault::Calm());
                      if (is_allowed) trial.Allow(Forbidden::kThread);
                      world.AddNode("server").OnBoot([](Env& env) {
                        std::thread([] {}).join();
                        env.tasks().WaitUntilStopped();
                      });
                      trial.Run();
                    }};
  };
  const SeedSweepFindings found = SweepSeeds(start_thread(false), {}, {});
  EXPECT_THAT(
      found.failure,
      AllOf(HasSubstr("VIOLATED: sandbox"),
            HasSubstr("called pthread_create: a thread outside its env"),
            HasSubstr("trial.Allow(Forbidden::kThread)")));
  EXPECT_EQ(SweepSeeds(start_thread(true), {}, {}).failure, "");
}

TEST(SeedSweepTest, AnOptionThatTheScenarioDoesNotAskForIsRefused) {
  const testing::AssertionResult result = HoldsForSeeds(
      Toy("tally"), {.seeds = 1, .trial = {.options = {{"cleints", 2}}}});
  EXPECT_FALSE(result);
  EXPECT_THAT(result.message(),
              AllOf(HasSubstr("option of tally"), HasSubstr("cleints"),
                    HasSubstr("did you mean clients?")));
}

// Runs this program with a filter; returns its status and what it says.
std::pair<int, std::string> RunWithFilter(const std::string& filter) {
  const std::string log = testing::TempDir() + "/filtered";
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  const int status = std::system(
      ("env --unset=XML_OUTPUT_FILE --unset=TEST_PREMATURE_EXIT_FILE "
       "--unset=TESTBRIDGE_TEST_ONLY '" +
       program + "' '--gtest_filter=" + filter + "' >'" + log + "' 2>&1")
          .c_str());
  std::ifstream file(log);
  std::ostringstream text;
  text << file.rdbuf();
  return {WEXITSTATUS(status), text.str()};
}

TEST(SweepMainTest, AFilterThatMatchesNothingIsAFailure) {
  const auto [status, text] = RunWithFilter("*no-such-scenario*");
  EXPECT_EQ(status, 1);
  EXPECT_THAT(text, AllOf(HasSubstr("no test matches --test_filter=*no-such-"),
                          HasSubstr("  Toys/ToySweep.Holds/tally\n")));
  EXPECT_EQ(RunWithFilter("*EachRunHasNewSeeds").first, 0);
}

}  // namespace
}  // namespace reprise
