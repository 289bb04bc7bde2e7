#include "reprise/text/numbers.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(NumbersTest, SeparatesThousands) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1'000), "1,000");
  EXPECT_EQ(WithThousands(123'456), "123,456");
  EXPECT_EQ(WithThousands(1'234'567), "1,234,567");
}

TEST(NumbersTest, KnowsTheSmallestAndTheLargestNumber) {
  EXPECT_EQ(SignedWithThousands(-1'000), "-1,000");
  EXPECT_EQ(SignedWithThousands(std::numeric_limits<int64_t>::min()),
            "-9,223,372,036,854,775,808");
  EXPECT_EQ(WithThousands(std::numeric_limits<uint64_t>::max()),
            "18,446,744,073,709,551,615");
}

TEST(NumbersTest, CountsOneAndMany) {
  EXPECT_EQ(Count(0, "key"), "0 keys");
  EXPECT_EQ(Count(1, "key"), "1 key");
  EXPECT_EQ(Count(20'000, "key"), "20,000 keys");
}

}  // namespace
}  // namespace reprise
