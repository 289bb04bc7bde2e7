#include "tests/tutorial/counting.h"

#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

TEST(CountingTest, HoldsForManySeeds) {
  const Catalog catalog = CountingCatalog();
  EXPECT_TRUE(HoldsForSeeds(catalog.scenarios[0], {.seeds = 1000}));
}

TEST(CountingTest, FindsTheBug) {
  const Catalog catalog = CountingCatalog();
  EXPECT_TRUE(FindsBug(catalog, catalog.bugs[0]));
}

}  // namespace reprise
