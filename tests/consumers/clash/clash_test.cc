// Sweeps the project's scenario under GoogleTest.

#include "checker/history/history.h"
#include "gtest/gtest.h"
#include "kv/catalog.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "sim/world/world.h"

static_assert(sim::World().continents == 7);
static_assert(checker::History().moves == 40);

class ClashSweep : public testing::TestWithParam<reprise::Scenario> {};

TEST_P(ClashSweep, Holds) {
  EXPECT_TRUE(reprise::HoldsForSeeds(GetParam(), {.seeds = 20}));
}

INSTANTIATE_TEST_SUITE_P(Clash, ClashSweep,
                         testing::ValuesIn(kv::Catalog().scenarios),
                         [](const auto& info) { return info.param.name; });
