#include "reprise/sim/explore/isolation/trial_pool.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Its operations are its seed; seed 3 violates, the later ones take longer.
Scenario Counting() {
  return {.name = "counting", .run = [](Trial& trial) {
            World& world = trial.NewWorld({});
            world.AddNode("node").Spawn([&](Env& env) {
              for (uint64_t i = 0; i < trial.seed().value(); ++i) {
                env.clock().SleepFor(Milliseconds(1));
              }
            });
            trial.Run();
            trial.Expect(trial.seed() != Seed(3), "not-three", "it is three");
          }};
}

Timeline OfSeed(size_t seed) { return {.seed = Seed(seed)}; }

std::vector<uint64_t> SeedsTaken(const Scenario& scenario, int jobs) {
  TrialPool pool(scenario, {.jobs = jobs});
  std::vector<uint64_t> seeds;
  const PoolEnd end =
      pool.Play(12, OfSeed, [&](size_t index, const RecordedTrial& trial) {
        EXPECT_EQ(trial.result.seed, Seed(index));
        seeds.push_back(trial.result.seed.value());
        return trial.result.verdict.kind != VerdictKind::kViolated;
      });
  EXPECT_EQ(end, PoolEnd::kByTaker);
  return seeds;
}

TEST(TrialPool, HandsOutResultsInOrderWhateverTheNumberOfProcesses) {
  EXPECT_THAT(SeedsTaken(Counting(), 1), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(SeedsTaken(Counting(), 4), ElementsAre(0, 1, 2, 3));
}

TEST(TrialPool, PlaysRoundAfterRound) {
  const Scenario scenario = Counting();
  TrialPool pool(scenario, {.jobs = 3});
  for (int round = 0; round < 5; ++round) {
    std::vector<uint64_t> seeds;
    pool.Play(9, OfSeed, [&](size_t, const RecordedTrial& trial) {
      seeds.push_back(trial.result.seed.value());
      return seeds.size() < 2;
    });
    EXPECT_THAT(seeds, ElementsAre(0, 1));
  }
}

TEST(TrialPool, AnswersAsATrialInThisProcessDoes) {
  const Scenario scenario = Counting();
  TrialPool pool(scenario, {});
  const std::optional<RecordedTrial> there = pool.Record(OfSeed(7));
  ASSERT_TRUE(there.has_value());
  EXPECT_EQ(DescribeResult(there->result),
            DescribeResult(RunTrial(scenario, {.seed = Seed(7)})));
}

TEST(TrialPool, SurvivesTrialsThatEndTheirProcess) {
  const Scenario scenario = Deadly("aborts");
  TrialPool pool(scenario, {.jobs = 2});
  std::vector<std::string> properties;
  pool.Play(8, OfSeed, [&](size_t, const RecordedTrial& trial) {
    properties.push_back(trial.result.verdict.property);
    return true;
  });
  EXPECT_THAT(properties,
              ElementsAre("no-crash", "", "", "", "", "no-crash", "", ""));
}

TEST(TrialPool, RecordsATrialThatEndsItsProcess) {
  const Scenario scenario = Deadly("aborts");
  TrialPool pool(scenario, {});
  const std::optional<RecordedTrial> there = pool.Record(OfSeed(5));
  const std::optional<IsolatedTrial> alone =
      RunIsolated(scenario, {.seed = Seed(5)}, {});
  ASSERT_TRUE(there.has_value() && alone.has_value());
  EXPECT_THAT(there->result.verdict.message, HasSubstr("ended by signal 6"));
  EXPECT_EQ(there->result.digest, alone->recorded.result.digest);
  EXPECT_EQ(there->schedule, alone->recorded.schedule);
}

TEST(TrialPool, StopsWhenItIsTold) {
  const Scenario scenario = Counting();
  bool should_stop = false;
  TrialPool pool(scenario, {.should_stop = [&] { return should_stop; }});
  const PoolEnd end = pool.Play(
      1'000'000, [](size_t) { return OfSeed(10); },
      [&](size_t index, const RecordedTrial&) {
        should_stop = should_stop || index == 10;
        return true;
      });
  EXPECT_EQ(end, PoolEnd::kStopped);
}

}  // namespace
}  // namespace reprise
