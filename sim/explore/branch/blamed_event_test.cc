#include "reprise/sim/explore/branch/blamed_event.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(MatchesPatternTest, StarsAndMarksStandForText) {
  EXPECT_TRUE(MatchesPattern("", ""));
  EXPECT_TRUE(MatchesPattern("*", ""));
  EXPECT_TRUE(MatchesPattern("*a*b", "xxaybab"));
  EXPECT_TRUE(MatchesPattern("a?c", "abc"));
  EXPECT_TRUE(MatchesPattern("a**", "a"));
  EXPECT_FALSE(MatchesPattern("a", ""));
  EXPECT_FALSE(MatchesPattern("", "a"));
  EXPECT_FALSE(MatchesPattern("*a*b", "xxayba"));
  EXPECT_FALSE(MatchesPattern("a?c", "ac"));
  EXPECT_FALSE(MatchesPattern("a", "ab"));
}

TEST(IsBlamedTest, OneOfThePatternsIsEnough) {
  const PlantedBug bug{.blamed = {"* sends reply * LOST", "the start"}};
  EXPECT_TRUE(
      IsBlamed(bug, "0.000 050 s server sends reply seq 9 @1 -> clerk-0 LOST"));
  EXPECT_TRUE(IsBlamed(bug, "the start"));
  EXPECT_FALSE(IsBlamed(
      bug, "0.000 050 s server sends reply seq 9 @1 -> clerk-0 +61 us"));
  EXPECT_FALSE(IsBlamed({}, "the start"));
}

}  // namespace
}  // namespace reprise
