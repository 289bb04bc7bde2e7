#include "tests/scenarios/common/items.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

class ItemsTest : public testing::Test {
 protected:
  // The property that was violated, or "".
  std::string Violated() { return trial_.Finish().verdict.property; }

  const TrialOptions options_ = {};
  TrialArena arena_;
  Trial trial_{options_, arena_};
};

TEST_F(ItemsTest, AreWrittenAsTheLabDoes) {
  EXPECT_EQ(Item(3, 14), "x 3 14 y");
}

TEST_F(ItemsTest, OfSeveralClientsMayMix) {
  const std::string value =
      Item(0, 0) + Item(1, 0) + Item(0, 1) + Item(1, 1) + Item(0, 2);
  ExpectItems(trial_, "k", value, 0, 3);
  ExpectItems(trial_, "k", value, 1, 2);
  EXPECT_EQ(Violated(), "");
}

TEST_F(ItemsTest, NumbersAreNotConfusedWithTheirBeginnings) {
  std::string value;
  for (int index = 0; index < 112; ++index) value += Item(1, index);
  ExpectItems(trial_, "k", value, 1, 112);
  EXPECT_EQ(Violated(), "");
}

TEST_F(ItemsTest, AMissingItemIsNoticed) {
  ExpectItems(trial_, "k", Item(0, 0) + Item(0, 2), 0, 3);
  EXPECT_EQ(Violated(), "nothing-lost");
}

TEST_F(ItemsTest, AMissingLastItemIsNoticed) {
  ExpectItems(trial_, "k", Item(0, 0), 0, 2);
  EXPECT_EQ(Violated(), "nothing-lost");
}

TEST_F(ItemsTest, ASecondItemIsNoticed) {
  ExpectItems(trial_, "k", Item(0, 0) + Item(0, 1) + Item(0, 0), 0, 2);
  EXPECT_EQ(Violated(), "exactly-once");
}

TEST_F(ItemsTest, AWrongOrderIsNoticed) {
  ExpectItems(trial_, "k", Item(0, 1) + Item(0, 0), 0, 2);
  EXPECT_EQ(Violated(), "append-order");
}

TEST_F(ItemsTest, AValueOtherThanTheModelIsNoticed) {
  ExpectModel(trial_, "k", "ab", "ab");
  EXPECT_FALSE(trial_.violated());
  ExpectModel(trial_, "k", "ab", "abc");
  EXPECT_EQ(Violated(), "value-check");
}

TEST_F(ItemsTest, AnOwnItemInTheOldValueIsNoticed) {
  ExpectWithout(trial_, "k", Item(0, 0), Item(0, 1));
  EXPECT_FALSE(trial_.violated());
  ExpectWithout(trial_, "k", Item(0, 0) + Item(0, 1), Item(0, 1));
  EXPECT_EQ(Violated(), "value-check");
}

}  // namespace
}  // namespace reprise
