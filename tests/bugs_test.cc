// Each planted bug is found in its listed scenario, by its listed property,
// within ten thousand seeds.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

constexpr uint64_t kMostSeeds = 10'000;

class BugTest : public testing::TestWithParam<PlantedBug> {
 protected:
  const Catalog catalog_ = LabCatalog();
};

TEST_P(BugTest, IsFound) {
  const PlantedBug& bug = GetParam();
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog_, bug.scenario);
  ASSERT_TRUE(scenario.ok()) << scenario.status();

  TrialArena arena;
  TrialOptions options = {.bug = bug.name};
  TrialResult found;
  uint64_t seeds = 0;
  while (seeds < kMostSeeds && found.verdict.kind != VerdictKind::kViolated) {
    options.seed = Seed(seeds++);
    found = RunTrial(**scenario, options, arena);
  }

  ASSERT_EQ(found.verdict.kind, VerdictKind::kViolated) << "not found";
  EXPECT_EQ(found.verdict.property, bug.property) << found.verdict.message;
  EXPECT_FALSE(found.verdict.message.empty());
  RecordProperty("seeds_needed", std::to_string(seeds));

  // It is the bug that was found: the right system holds on the same seed.
  const TrialResult right = RunTrial(**scenario, {.seed = options.seed}, arena);
  EXPECT_EQ(right.verdict.kind, VerdictKind::kHolds) << right.verdict.message;
}

std::string TestName(const testing::TestParamInfo<PlantedBug>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Bugs, BugTest, testing::ValuesIn(LabCatalog().bugs),
                         TestName);

TEST(CanaryTest, AlwaysFails) {
  const Catalog catalog = LabCatalog();
  const absl::StatusOr<const Scenario*> canary =
      FindScenario(catalog, "canary");
  ASSERT_TRUE(canary.ok());
  const SweepResult result =
      Sweep(**canary, {.seeds = {.first = 0, .count = 100}, .jobs = 2});
  EXPECT_EQ(result.totals.violated, 100u);
}

}  // namespace
}  // namespace reprise
