#include "reprise/checker/report/number_text.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(NumberTextTest, SeparatesThousands) {
  EXPECT_EQ(NumberText(uint64_t{0}), "0");
  EXPECT_EQ(NumberText(uint64_t{999}), "999");
  EXPECT_EQ(NumberText(uint64_t{1'000}), "1,000");
  EXPECT_EQ(NumberText(uint64_t{123'456}), "123,456");
  EXPECT_EQ(NumberText(uint64_t{1'234'567}), "1,234,567");
}

TEST(NumberTextTest, KnowsTheSmallestAndTheLargestNumber) {
  EXPECT_EQ(NumberText(int64_t{-1'000}), "-1,000");
  EXPECT_EQ(NumberText(std::numeric_limits<int64_t>::min()),
            "-9,223,372,036,854,775,808");
  EXPECT_EQ(NumberText(std::numeric_limits<uint64_t>::max()),
            "18,446,744,073,709,551,615");
}

TEST(NumberTextTest, CountsOneAndMany) {
  EXPECT_EQ(CountText(0, "key"), "0 keys");
  EXPECT_EQ(CountText(1, "key"), "1 key");
  EXPECT_EQ(CountText(20'000, "key"), "20,000 keys");
}

}  // namespace
}  // namespace reprise::checker
