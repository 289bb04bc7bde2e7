// Every scenario over many seeds: none may be violated or undecided, and no
// mark that a scenario is to reach may be missed.
//
//   bazel test //tests:lab_sweep --test_filter=*harsh_random_keys*
//   bazel test //tests:lab_sweep --test_env=REPRISE_SEEDS=417..417

#include <cstdint>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

struct Plan {
  Scenario scenario;
  uint64_t seeds = 0;
};

// As many seeds as each scenario asks for in a sweep of everything; the
// canary asks for none.
std::vector<Plan> Plans() {
  std::vector<Plan> plans;
  for (const Scenario& scenario : LabCatalog().scenarios) {
    if (scenario.sweep_seeds == 0) continue;
    plans.push_back({scenario, scenario.sweep_seeds});
  }
  return plans;
}

void PrintTo(const Plan& plan, std::ostream* out) {
  *out << plan.scenario.name;
}

class LabSweep : public testing::TestWithParam<Plan> {};

TEST_P(LabSweep, Holds) {
  EXPECT_TRUE(HoldsForSeeds(GetParam().scenario, {.seeds = GetParam().seeds,
                                                  .text = LabCatalog().text,
                                                  .requires_reached = true}));
}

INSTANTIATE_TEST_SUITE_P(Lab, LabSweep, testing::ValuesIn(Plans()),
                         [](const auto& info) {
                           return TestName(info.param.scenario.name);
                         });

}  // namespace
}  // namespace reprise
