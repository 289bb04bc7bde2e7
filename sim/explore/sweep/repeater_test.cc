#include "reprise/sim/explore/sweep/repeater.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

using testing::HasSubstr;

// Trials of one scenario, here and in this test, started once more.
class RepeaterTest : public testing::Test {
 protected:
  // In the other process, never returns. `percent` as of Determinism.
  void RunToy(std::string_view name, int percent) {
    if (ServeTrials({.place = "test", .scenarios = ToyCatalog().scenarios})) {
      std::_Exit(0);
    }
    scenario_ = Toy(name);
    const std::string test =
        testing::UnitTest::GetInstance()->current_test_info()->name();
    const SecondProcessOptions process{
        .place = "test",
        .more_arguments = {"--gtest_filter=RepeaterTest." + test}};
    auto started = Determinism::Start(&process, {.percent = percent});
    ASSERT_TRUE(started.ok()) << started.status();
    determinism_ = *std::move(started);
    options_.determinism = determinism_.get();
  }

  // Runs the first `run` of `seeds`; returns those that were repeated.
  std::vector<uint64_t> Run(const SeedRange& seeds, uint64_t run) {
    std::vector<uint64_t> repeated;
    repeater_.Begin(seeds);
    for (uint64_t seed = seeds.first; seed < seeds.first + run; ++seed) {
      TrialOptions trial;
      trial.seed = Seed(seed);
      results_.push_back(RunTrial(scenario_, trial, arena_));
      if (repeater_.Repeat(trial, results_.back())) repeated.push_back(seed);
    }
    repeater_.End();
    return repeated;
  }

  Scenario scenario_;
  std::unique_ptr<Determinism> determinism_;
  SweepOptions options_;
  TrialArena arena_;
  Repeater repeater_{scenario_, options_, arena_};
  std::vector<TrialResult> results_;
};

TEST_F(RepeaterTest, RepeatsWhatIsCovered) {
  RunToy("tally", 30);
  std::vector<uint64_t> covered;
  for (uint64_t seed = 5; seed < 45; ++seed) {
    if (determinism_->Covers(scenario_, Seed(seed))) covered.push_back(seed);
  }
  ASSERT_GT(covered.size(), 3);
  ASSERT_LT(covered.size(), 30);
  EXPECT_EQ(Run({.first = 5, .count = 40}, 40), covered);
  for (const TrialResult& result : results_) {
    EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds);
  }
}

// An answer that nobody waited for must not be taken for that of another seed.
TEST_F(RepeaterTest, MayStopAtAnySeed) {
  RunToy("tally", 100);
  EXPECT_EQ(Run({.first = 0, .count = 9}, 0).size(), 0);
  EXPECT_EQ(Run({.first = 20, .count = 9}, 4).size(), 4);
  EXPECT_EQ(Run({.first = 40, .count = 9}, 9).size(), 9);
  for (const TrialResult& result : results_) {
    EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds)
        << result.verdict.message;
  }
}

TEST_F(RepeaterTest, MakesADifferenceTheVerdict) {
  RunToy("leaky", 100);
  EXPECT_EQ(Run({.first = 0, .count = 3}, 3).size(), 3);
  for (const TrialResult& result : results_) {
    EXPECT_EQ(result.verdict.property, kDeterminismProperty);
    EXPECT_THAT(result.verdict.message, HasSubstr("two processes differ"));
  }
}

TEST_F(RepeaterTest, RepeatsNothingUnlessAsked) {
  scenario_ = Toy("tally");
  EXPECT_EQ(Run({.first = 0, .count = 3}, 3).size(), 0);
}

}  // namespace
}  // namespace reprise
