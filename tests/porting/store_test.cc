#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/porting/records.h"
#include "tests/porting/store_scenario.h"

namespace porting {
namespace {

TEST(StoreTest, HoldsForManySeeds) {
  const reprise::Catalog catalog = StoreCatalog();
  EXPECT_TRUE(reprise::HoldsForSeeds(catalog.scenarios[0], {.seeds = 500}));
}

TEST(StoreTest, FindsTheBug) {
  const reprise::Catalog catalog = StoreCatalog();
  EXPECT_TRUE(reprise::FindsBug(catalog, catalog.bugs[0]));
}

TEST(RecordsTest, ALogIsValidUpToWhereACrashHasLeftIt) {
  const std::string log = RecordOf("a", "1") + RecordOf("b", "2");
  EXPECT_EQ(Recover(log).valid_bytes, log.size());
  EXPECT_EQ(Recover(log).values, (Values{{"a", "1"}, {"b", "2"}}));
  const size_t first = RecordOf("a", "1").size();
  for (size_t cut = first; cut < log.size(); ++cut) {
    EXPECT_EQ(Recover(log.substr(0, cut)).valid_bytes, first);
    std::string garbled = log;
    garbled[cut] ^= 1;
    EXPECT_EQ(Recover(garbled).valid_bytes, first);
  }
}

}  // namespace
}  // namespace porting
