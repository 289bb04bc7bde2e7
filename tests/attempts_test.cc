// How many attempts an operation takes, over many seeds, against what the
// network's probabilities say.

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/decisions.h"
#include "tests/scenarios/catalog.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

// Calls for `operations` that each need attempts until one succeeds; the mean
// may be off by four standard deviations.
void ExpectMean(std::string_view name, Probability success) {
  const Catalog catalog = LabCatalog();
  const absl::StatusOr<const Scenario*> scenario = FindScenario(catalog, name);
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  const SweepTotals totals =
      Sweep(**scenario, {.seeds = {.first = 0, .count = 300}}).totals;
  ASSERT_EQ(totals.passed, 300u);
  const auto tries = static_cast<int64_t>(success.denominator);
  const auto successes = static_cast<int64_t>(success.numerator);
  const auto operations = static_cast<int64_t>(totals.operations);
  const int64_t excess =
      successes * static_cast<int64_t>(totals.calls) - tries * operations;
  EXPECT_LE(excess * excess, 16 * operations * tries * (tries - successes))
      << totals.calls << " calls for " << operations << " operations";
}

TEST(AttemptsTest, AreAsTheLabsNetworkSays) {
  ExpectMean("lab-unreliable", kLabSuccess);
}

TEST(AttemptsTest, AreAsTheHarshNetworkSays) {
  ExpectMean("harsh-unreliable", kHarshSuccess);
}

TEST(AttemptsTest, AReplayWithoutFaultsMayNeedFewer) {
  const Catalog catalog = LabCatalog();
  const auto scenario = FindScenario(catalog, "lab-unreliable");
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  const Edits calm{.base = Base::kCalm};
  TrialOptions options = SmallTrial(Seed(1));
  options.edits = &calm;
  const TrialResult result = RunTrial(**scenario, options);
  EXPECT_EQ(result.network.calls, result.operations);
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds) << result.verdict.message;
}

}  // namespace
}  // namespace reprise
