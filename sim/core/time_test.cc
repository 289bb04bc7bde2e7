#include "reprise/sim/core/time.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace reprise {
namespace {

constexpr int64_t kMostNanoseconds = std::numeric_limits<int64_t>::max();

TEST(DurationTest, UnitsAreExactNumbersOfNanoseconds) {
  EXPECT_EQ(Nanoseconds(7).nanoseconds(), 7);
  EXPECT_EQ(Microseconds(7).nanoseconds(), 7'000);
  EXPECT_EQ(Milliseconds(7).nanoseconds(), 7'000'000);
  EXPECT_EQ(Seconds(7).nanoseconds(), 7'000'000'000);
}

TEST(DurationTest, ArithmeticIsExact) {
  EXPECT_EQ(Milliseconds(3) + Nanoseconds(1), Nanoseconds(3'000'001));
  EXPECT_EQ(Milliseconds(3) - Milliseconds(5), Milliseconds(-2));
  EXPECT_EQ(Milliseconds(3) * 4, Milliseconds(12));
  EXPECT_EQ(Nanoseconds(7) / 2, Nanoseconds(3));
  Duration sum = Seconds(1);
  sum += Seconds(2);
  EXPECT_EQ(sum, Seconds(3));
}

TEST(DurationTest, InfiniteIsLongerThanAllOthersAndStaysSo) {
  EXPECT_TRUE(Duration::Infinite().IsInfinite());
  EXPECT_GT(Duration::Infinite(), Nanoseconds(kMostNanoseconds - 1));
  EXPECT_EQ(Duration::Infinite() + Seconds(1), Duration::Infinite());
  EXPECT_EQ(Seconds(1) + Duration::Infinite(), Duration::Infinite());
  EXPECT_EQ(Duration::Infinite() + Seconds(-1), Duration::Infinite());
  EXPECT_EQ(Duration::Infinite() - Seconds(1), Duration::Infinite());
}

TEST(DurationTest, ASumThatNoDurationHoldsIsInfinite) {
  const Duration nearly = Nanoseconds(kMostNanoseconds - 1);
  EXPECT_EQ(nearly + Seconds(1), Duration::Infinite());
  EXPECT_EQ(nearly + nearly, Duration::Infinite());
}

TEST(VirtualTimeTest, BeginsAtZero) {
  EXPECT_EQ(VirtualTime(), VirtualTime::Nanoseconds(0));
  EXPECT_EQ(VirtualTime().since_start(), Duration());
}

TEST(VirtualTimeTest, DistancesAndInstantsGoTogether) {
  const VirtualTime start = VirtualTime::Milliseconds(20);
  const VirtualTime end = start + Milliseconds(5);
  EXPECT_EQ(end, VirtualTime::Milliseconds(25));
  EXPECT_EQ(end - start, Milliseconds(5));
  EXPECT_EQ(end - Milliseconds(5), start);
  EXPECT_LT(start, end);
}

TEST(VirtualTimeTest, NothingComesAfterInfinite) {
  EXPECT_LT(VirtualTime::Seconds(9'000'000'000), VirtualTime::Infinite());
  EXPECT_EQ(VirtualTime::Infinite() + Seconds(1), VirtualTime::Infinite());
  EXPECT_EQ(VirtualTime::Seconds(1) + Duration::Infinite(),
            VirtualTime::Infinite());
}

TEST(FormatTimeTest, GroupsMicrosecondsAndDropsTheRest) {
  EXPECT_EQ(FormatTime(VirtualTime()), "0.000 000 s");
  EXPECT_EQ(FormatTime(VirtualTime::Nanoseconds(1'120'340'000)), "1.120 340 s");
  EXPECT_EQ(FormatTime(VirtualTime::Nanoseconds(999'999'999)), "0.999 999 s");
  EXPECT_EQ(FormatTime(VirtualTime::Nanoseconds(1'000)), "0.000 001 s");
  EXPECT_EQ(FormatTime(VirtualTime::Seconds(100'000)), "100000.000 000 s");
}

TEST(FormatTimeTest, InfiniteIsNever) {
  EXPECT_EQ(FormatTime(VirtualTime::Infinite()), "never");
  EXPECT_EQ(FormatTime(VirtualTime::Nanoseconds(kMostNanoseconds - 1)),
            "9223372036.854 775 s");
}

TEST(FormatDurationTest, TakesTheLargestUnitThatKeepsTheValueWhole) {
  EXPECT_EQ(FormatDuration(Seconds(3)), "3 s");
  EXPECT_EQ(FormatDuration(Milliseconds(1'500)), "1500 ms");
  EXPECT_EQ(FormatDuration(Microseconds(200)), "200 us");
  EXPECT_EQ(FormatDuration(Milliseconds(-26)), "-26 ms");
  EXPECT_EQ(FormatDuration(Duration()), "0 s");
  EXPECT_EQ(FormatDuration(Duration::Infinite()), "forever");
}

TEST(FormatDurationTest, PutsManyDigitsBehindAPoint) {
  EXPECT_EQ(FormatDuration(Nanoseconds(1'000'001)), "1.000001 ms");
  EXPECT_EQ(FormatDuration(Nanoseconds(-12'340'500'000)), "-12.3405 s");
  EXPECT_EQ(FormatDuration(Nanoseconds(9'999)), "9999 ns");
  EXPECT_EQ(FormatDuration(Nanoseconds(10'001)), "10.001 us");
  EXPECT_EQ(FormatDuration(Seconds(100'000)), "100000 s");
  EXPECT_EQ(FormatDuration(Nanoseconds(kMostNanoseconds - 1)),
            "9223372036.854775806 s");
  EXPECT_EQ(FormatDuration(Nanoseconds(-kMostNanoseconds - 1)),
            "-9223372036.854775808 s");
}

TEST(FormatRoundedDurationTest, KeepsThreeFiguresOfMany) {
  EXPECT_EQ(FormatRoundedDuration(Milliseconds(1'500)), "1500 ms");
  EXPECT_EQ(FormatRoundedDuration(Seconds(100'000)), "100000 s");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(1'234'567'891)), "1.23 s");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(21'355'555)), "21.4 ms");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(213'456'789)), "213 ms");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(-50'001'000)), "-50 ms");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(999'999'999)), "1 s");
  EXPECT_EQ(FormatRoundedDuration(Nanoseconds(1'234'567'891'234)), "1235 s");
  EXPECT_EQ(FormatRoundedDuration(Duration()), "0 s");
  EXPECT_EQ(FormatRoundedDuration(Duration::Infinite()), "forever");
}

}  // namespace
}  // namespace reprise
