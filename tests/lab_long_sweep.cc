// The scenarios of one iteration or of random keys over very many seeds.
//
//   bazel test --config=long //tests:lab_long_sweep

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

class LabLongSweep : public testing::TestWithParam<std::string> {};

TEST_P(LabLongSweep, Holds) {
  const Catalog catalog = LabCatalog();
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, GetParam());
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  EXPECT_TRUE(HoldsForSeeds(**scenario, {.seeds = 100'000,
                                         .text = catalog.text,
                                         .repeated_percent = kUsualPercent}));
}

INSTANTIATE_TEST_SUITE_P(
    Lab, LabLongSweep,
    testing::Values("lab-random-keys", "harsh-random-keys",
                    "lab-unreliable-one-key", "harsh-unreliable-one-key",
                    "harsh-binary-keys", "lab-network", "swarm-random-keys",
                    "partitioned-clients", "paused-server",
                    "broken-connections", "clock-skew", "server-restart"),
    [](const auto& info) { return TestName(info.param); });

}  // namespace
}  // namespace reprise
