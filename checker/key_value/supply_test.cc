#include "reprise/checker/key_value/supply.h"

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(SupplyTest, EachTakerNeedsAWriteOfItsOwn) {
  Supply supply(2);
  supply.Change(1, Supply::kWrites, 1);
  supply.Change(1, Supply::kTakers, 1);
  EXPECT_TRUE(supply.IsEnough());
  supply.Change(1, Supply::kTakers, 1);
  EXPECT_FALSE(supply.IsEnough());
  supply.Change(1, Supply::kWrites, 1);
  EXPECT_TRUE(supply.IsEnough());
}

TEST(SupplyTest, ReadsShareOneWrite) {
  Supply supply(2);
  supply.Change(0, Supply::kReads, 2);
  EXPECT_FALSE(supply.IsEnough());
  supply.Change(0, Supply::kWrites, 1);
  EXPECT_TRUE(supply.IsEnough());
}

TEST(SupplyTest, ValuesAreApart) {
  Supply supply(2);
  supply.Change(0, Supply::kWrites, 5);
  supply.Change(1, Supply::kTakers, 1);
  EXPECT_FALSE(supply.IsEnough());
  supply.Change(1, Supply::kTakers, -1);
  EXPECT_TRUE(supply.IsEnough());
}

}  // namespace
}  // namespace reprise::checker
