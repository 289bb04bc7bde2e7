// Sweeps of code that ends its process or never ends: the other seeds run on.

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<uint64_t> SeedsOf(const std::vector<TrialResult>& trials) {
  std::vector<uint64_t> seeds;
  for (const TrialResult& trial : trials) seeds.push_back(trial.seed.value());
  return seeds;
}

class DeathsTest : public testing::TestWithParam<std::string> {};

TEST_P(DeathsTest, AreFoundWhileTheOtherSeedsRunOn) {
  SweepOptions options{.seeds = {.first = 1, .count = 40},
                       .schedules_max = 100};
  std::vector<bool> has_schedule;
  options.on_failure = [&](const RecordedTrial& trial) {
    has_schedule.push_back(!trial.schedule.empty());
  };
  std::vector<SweepResult> results;
  for (const int jobs : {1, 3}) {
    options.jobs = jobs;
    results.push_back(Sweep(Deadly(GetParam()), options));
    const SweepResult& result = results.back();
    EXPECT_THAT(SeedsOf(result.violated),
                ElementsAre(5, 10, 15, 20, 25, 30, 35, 40));
    EXPECT_EQ(result.totals.seeds, 40u);
    EXPECT_EQ(result.totals.passed, 32u);
    EXPECT_FALSE(result.was_stopped);
  }
  EXPECT_THAT(has_schedule, Not(testing::Contains(false)));
  EXPECT_EQ(results[0].totals, results[1].totals);
  for (size_t i = 0; i < results[0].violated.size(); ++i) {
    EXPECT_EQ(results[0].violated[i].verdict.property, "no-crash");
    EXPECT_EQ(DescribeResult(results[0].violated[i]),
              DescribeResult(results[1].violated[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(Deadly, DeathsTest,
                         testing::Values("throws", "aborts", "exits"));

TEST(SweepDeathsTest, AnEndlessLoopIsUndecided) {
  const Stopwatch stopwatch;
  const SweepResult result = Sweep(
      Deadly("spins"),
      {.seeds = {.first = 4, .count = 3}, .watch = {.stuck_seconds = 0.2}});
  EXPECT_THAT(SeedsOf(result.undecided), ElementsAre(5));
  EXPECT_THAT(result.undecided[0].verdict.message,
              HasSubstr("did not suspend"));
  EXPECT_EQ(result.totals.passed, 2u);
  EXPECT_LT(stopwatch.Seconds(), 30);
}

TEST(SweepDeathsTest, AnEndlessLoopIsEndedWithTheSweep) {
  const Stopwatch stopwatch;
  const SweepResult result =
      Sweep(Deadly("spins"),
            {.seeds = {.first = 5, .count = 1},
             .should_stop = [&] { return stopwatch.Seconds() > 0.1; },
             .grace_seconds = 0.2});
  EXPECT_TRUE(result.was_stopped);
  EXPECT_LT(stopwatch.Seconds(), 3);
}

TEST(SweepDeathsTest, EndsAtTheSameDeathWithAnyJobs) {
  for (const int jobs : {1, 2, 4}) {
    const SweepResult result =
        Sweep(Deadly("aborts"), {.seeds = {.first = 1, .count = 1000},
                                 .jobs = jobs,
                                 .max_failures = 2});
    EXPECT_THAT(SeedsOf(result.violated), ElementsAre(5, 10));
    EXPECT_EQ(result.totals.seeds, 10u);
  }
}

TEST(SweepDeathsTest, ARefusalEndsTheSweep) {
  const SweepResult result =
      Sweep(Toy("refused"), {.seeds = {.first = 0, .count = 100}, .jobs = 2});
  ASSERT_TRUE(result.refusal.has_value());
  EXPECT_THAT(*result.refusal, HasSubstr("expected"));
  EXPECT_THAT(result.violated, IsEmpty());
}

// A process ends, but the trial run by itself does not end it.
TEST(SweepDeathsTest, ADeathThatDoesNotRepeatIsNondeterminism) {
  const Scenario rare{.name = "rare", .run = [](Trial& trial) {
                        // tidy: allow(global) what a trial leaves behind
                        static int runs = 0;
                        trial.Expect(true, "done", "");
                        if (++runs == 3) std::abort();
                      }};
  const SweepResult result = Sweep(rare, {.seeds = {.first = 0, .count = 4}});
  ASSERT_THAT(SeedsOf(result.violated), ElementsAre(2));
  const Verdict& verdict = result.violated[0].verdict;
  EXPECT_EQ(verdict.property, "determinism");
  ASSERT_EQ(verdict.also.size(), 1u);
  EXPECT_EQ(verdict.also[0].property, "no-crash");
}

}  // namespace
}  // namespace reprise
