// The scenarios hold for many seeds, and each planted bug is found.

#include "gtest/gtest.h"
#include "lease/catalog.h"
#include "reprise/reprise.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/testing/seed_sweep.h"

namespace lease {
namespace {

class LeaseSweep : public testing::TestWithParam<reprise::Scenario> {};

TEST_P(LeaseSweep, Holds) {
  EXPECT_TRUE(reprise::HoldsForSeeds(GetParam(), {.seeds = 200,
                                                  .program = "lease",
                                                  .requires_reached = true,
                                                  .repeated_percent = 20}));
}

INSTANTIATE_TEST_SUITE_P(Lease, LeaseSweep,
                         testing::ValuesIn(LeaseCatalog().scenarios),
                         [](const auto& info) {
                           return reprise::TestName(info.param.name);
                         });

class LeaseBugs : public testing::TestWithParam<reprise::PlantedBug> {};

TEST_P(LeaseBugs, AreFound) {
  EXPECT_TRUE(reprise::FindsBug(LeaseCatalog(), GetParam(),
                                {.seeds = 3000, .program = "lease"}));
}

INSTANTIATE_TEST_SUITE_P(Lease, LeaseBugs,
                         testing::ValuesIn(LeaseCatalog().bugs),
                         [](const auto& info) {
                           return reprise::TestName(info.param.name);
                         });

}  // namespace
}  // namespace lease
