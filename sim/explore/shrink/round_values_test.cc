#include "reprise/sim/explore/shrink/round_values.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SmallerSizes, AscendToTheOneBelow) {
  EXPECT_THAT(SmallerSizes(12), ElementsAre(1, 2, 3, 4, 6, 8, 11));
  EXPECT_THAT(SmallerSizes(4), ElementsAre(1, 2, 3));
  EXPECT_THAT(SmallerSizes(2), ElementsAre(1));
  EXPECT_THAT(SmallerSizes(1), IsEmpty());
  EXPECT_THAT(SmallerSizes(-3), IsEmpty());
}

TEST(SmallerSizes, OfALargeOneAreRound) {
  EXPECT_THAT(SmallerSizes(20), ElementsAre(1, 2, 3, 4, 6, 8, 12, 16));
}

TEST(SmallerSizes, OfAHugeOneAreFew) {
  const std::vector<int64_t> sizes = SmallerSizes(1'000'000);
  const std::vector<int64_t> last(sizes.end() - 5, sizes.end());
  EXPECT_THAT(last, ElementsAre(1 << 16, 1 << 17, 1 << 18, 1 << 19, 3 << 18));
}

TEST(RoundDurations, EndWithTheValueRoundedUp) {
  EXPECT_THAT(RoundDurations(13'000),
              ElementsAre(1000, 2000, 5000, 10'000, 20'000));
}

TEST(RoundDurations, EndBelowARoundValue) {
  EXPECT_THAT(RoundDurations(5000), ElementsAre(1000, 2000));
}

}  // namespace
}  // namespace reprise
