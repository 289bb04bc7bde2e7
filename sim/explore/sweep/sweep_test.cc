#include "reprise/sim/explore/sweep/sweep.h"

#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/testing/toy_catalog.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<uint64_t> SeedsOf(const std::vector<TrialResult>& trials) {
  std::vector<uint64_t> seeds;
  for (const TrialResult& trial : trials) seeds.push_back(trial.seed.value());
  return seeds;
}

std::vector<uint64_t> DigestsOf(const std::vector<TrialResult>& trials) {
  std::vector<uint64_t> digests;
  for (const TrialResult& trial : trials) digests.push_back(trial.digest);
  return digests;
}

TEST(SweepTest, CountsVerdicts) {
  const SweepResult result =
      Sweep(Toy("parity"), {.seeds = {.first = 0, .count = 14}});
  EXPECT_EQ(result.totals.seeds, 14u);
  EXPECT_EQ(result.totals.passed, 10u);
  EXPECT_EQ(result.totals.violated, 2u);
  EXPECT_EQ(result.totals.undecided, 2u);
  EXPECT_THAT(SeedsOf(result.violated), ElementsAre(3, 10));
  EXPECT_THAT(SeedsOf(result.undecided), ElementsAre(5, 12));
  EXPECT_FALSE(result.was_stopped);
}

TEST(SweepTest, ResultsDoNotDependOnJobs) {
  const Scenario tally = Toy("tally");
  SweepOptions options{.seeds = {.first = 100, .count = 300},
                       .trial = {.bug = "counts-twice"}};
  const SweepResult alone = Sweep(tally, options);
  EXPECT_GT(alone.totals.violated, 10u);
  EXPECT_GT(alone.totals.passed, 10u);
  for (const int jobs : {2, 3, 8}) {
    options.jobs = jobs;
    const SweepResult result = Sweep(tally, options);
    EXPECT_EQ(result.totals, alone.totals);
    EXPECT_EQ(SeedsOf(result.violated), SeedsOf(alone.violated));
    EXPECT_EQ(DigestsOf(result.violated), DigestsOf(alone.violated));
  }
}

TEST(SweepTest, EndsAtTheSameFailureWithAnyJobs) {
  const Scenario parity = Toy("parity");
  SweepOptions options{.seeds = {.first = 0, .count = 10'000},
                       .max_failures = 3};
  for (const int jobs : {1, 2, 8}) {
    options.jobs = jobs;
    const SweepResult result = Sweep(parity, options);
    EXPECT_THAT(SeedsOf(result.violated), ElementsAre(3, 10, 17));
    EXPECT_EQ(result.totals.seeds, 18u);
    EXPECT_EQ(result.totals.undecided, 2u);
  }
}

TEST(SweepTest, TellsOfFailuresInOrder) {
  std::vector<uint64_t> told;
  SweepOptions options{.seeds = {.first = 0, .count = 700}, .jobs = 4};
  options.on_failure = [&](const RecordedTrial& trial) {
    told.push_back(trial.result.seed.value());
  };
  const SweepResult result = Sweep(Toy("parity"), options);
  EXPECT_THAT(told, SizeIs(100));
  EXPECT_EQ(told, SeedsOf(result.violated));
}

TEST(SweepTest, RecordsTheFirstSchedules) {
  std::vector<bool> recorded;
  SweepOptions options{.seeds = {.first = 0, .count = 100},
                       .jobs = 2,
                       .max_failures = 5,
                       .trial = {.bug = "counts-twice"},
                       .schedules_max = 3};
  options.on_failure = [&](const RecordedTrial& trial) {
    recorded.push_back(!trial.schedule.empty());
  };
  Sweep(Toy("tally"), options);
  EXPECT_THAT(recorded, ElementsAre(true, true, true, false, false));
}

TEST(SweepTest, TellsOfProgress) {
  uint64_t seeds = 0;
  SweepOptions options{.seeds = {.first = 0, .count = 500}, .jobs = 2};
  options.on_progress = [&](const SweepTotals& totals) {
    EXPECT_GE(totals.seeds, seeds);
    seeds = totals.seeds;
  };
  Sweep(Toy("parity"), options);
  EXPECT_EQ(seeds, 500u);
}

TEST(SweepTest, StopsWhenAsked) {
  int asked = 0;
  SweepOptions options{.seeds = {.first = 0, .count = 1'000'000},
                       .in_process = true};
  options.should_stop = [&] { return ++asked > 100; };
  const SweepResult result = Sweep(Toy("parity"), options);
  EXPECT_TRUE(result.was_stopped);
  EXPECT_EQ(result.totals.seeds, 100u);
  EXPECT_EQ(
      result.totals.passed + result.totals.violated + result.totals.undecided,
      100u);
}

TEST(SweepTest, StopsItsProcessesWhenAsked) {
  int asked = 0;
  SweepOptions options{.seeds = {.first = 0, .count = 1'000'000'000'000},
                       .jobs = 2};
  options.should_stop = [&] { return ++asked > 3; };
  const SweepResult result = Sweep(Toy("parity"), options);
  EXPECT_TRUE(result.was_stopped);
  EXPECT_GT(result.totals.seeds, 0u);
  EXPECT_EQ(
      result.totals.passed + result.totals.violated + result.totals.undecided,
      result.totals.seeds);
}

TEST(SweepTest, IsTheSameInThisProcess) {
  const Scenario tally = Toy("tally");
  SweepOptions options{.seeds = {.first = 100, .count = 100},
                       .max_failures = 7,
                       .trial = {.bug = "counts-twice"}};
  const SweepResult there = Sweep(tally, options);
  options.in_process = true;
  const SweepResult here = Sweep(tally, options);
  EXPECT_EQ(here.totals, there.totals);
  EXPECT_EQ(SeedsOf(here.violated), SeedsOf(there.violated));
  EXPECT_EQ(DigestsOf(here.violated), DigestsOf(there.violated));
}

TEST(SweepTest, ReachesTheLargestSeed) {
  const uint64_t largest = std::numeric_limits<uint64_t>::max();
  const SweepResult result =
      Sweep(Toy("parity"), {.seeds = {.first = largest - 9, .count = 10}});
  EXPECT_EQ(result.totals.seeds, 10u);
}

TEST(SweepTest, BeginsEvenALongWay) {
  const uint64_t largest = std::numeric_limits<uint64_t>::max();
  const SweepResult result = Sweep(
      Toy("parity"),
      {.seeds = {.first = 1, .count = largest}, .jobs = 2, .max_failures = 1});
  EXPECT_EQ(result.totals.seeds, 3u);
}

TEST(SweepTest, NoSeedsIsNoTrial) {
  const SweepResult result = Sweep(Toy("parity"), {.jobs = 4});
  EXPECT_EQ(result.totals, SweepTotals());
  EXPECT_THAT(result.violated, IsEmpty());
}

TEST(SweepTest, AViolationThatDoesNotRepeatBreaksDeterminism) {
  const SweepResult result =
      Sweep(Toy("leaky"), {.seeds = {.first = 0, .count = 2}});
  ASSERT_THAT(result.violated, SizeIs(2));
  EXPECT_EQ(result.violated[0].verdict.property, "determinism");
}

TEST(SweepTest, SumsWhatTrialsDid) {
  const SweepResult result =
      Sweep(Toy("register"), {.seeds = {.first = 0, .count = 10}});
  EXPECT_EQ(result.totals.operations, 100u);
  EXPECT_EQ(result.totals.calls, 100u);
  EXPECT_GT(result.totals.events, 400u);
  EXPECT_GT(result.totals.virtual_microseconds, 1000u);
}

TEST(DefaultJobsTest, IsAtLeastOne) { EXPECT_GE(DefaultJobs(), 1); }

TEST(SweepTest, EndsATrialThatDoesNotEnd) {
  const Scenario scenario{.name = "stuck", .run = [](Trial& trial) {
                            trial.Expect(trial.seed() != Seed(2), "two", "");
                            while (trial.seed() >= Seed(4)) {
                              std::this_thread::yield();
                            }
                          }};
  bool is_found = false;
  const SweepResult result = Sweep(
      scenario, {.seeds = {.first = 0, .count = 1000},
                 .should_stop = [&] { return is_found; },
                 .grace_seconds = 0.1,
                 .on_failure = [&](const RecordedTrial&) { is_found = true; }});
  EXPECT_TRUE(result.was_stopped);
  EXPECT_GE(result.totals.seeds, 3u);
  EXPECT_LE(result.totals.seeds, 4u);
  EXPECT_THAT(SeedsOf(result.violated), ElementsAre(2));
}

// So that little is lost where trials are long.
TEST(SweepTest, HandsInLongTrialsOneByOne) {
  int runs = 0;
  const Scenario scenario{.name = "long", .run = [&](Trial& trial) {
                            trial.Expect(true, "none", "");
                            const Stopwatch stopwatch;
                            while (stopwatch.Seconds() < 0.12) {
                            }
                            ++runs;
                          }};
  std::vector<uint64_t> seen;
  Sweep(scenario,
        {.seeds = {.first = 0, .count = 1000},
         .in_process = true,
         .should_stop = [&] { return runs == 3; },
         .on_progress =
             [&](const SweepTotals& totals) { seen.push_back(totals.seeds); }});
  EXPECT_THAT(seen, ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace reprise
