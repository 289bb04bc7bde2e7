#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "scenario.h"

namespace counting {

TEST(CountingTest, HoldsForManySeeds) {
  EXPECT_TRUE(
      reprise::HoldsForSeeds(CountingCatalog().scenarios[0],
                             {.seeds = 1000, .program = "bazel-bin/counting"}));
}

TEST(CountingTest, FindsTheBug) {
  const reprise::Catalog catalog = CountingCatalog();
  EXPECT_TRUE(reprise::FindsBug(catalog, catalog.bugs[0]));
}

}  // namespace counting
