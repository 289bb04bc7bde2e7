#include "reprise/sim/trace/span_text.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

TEST(SpanTextTest, HasTheUnitThatItNeeds) {
  EXPECT_EQ(SpanText({}), "0 us");
  EXPECT_EQ(SpanText(Nanoseconds(999)), "999 ns");
  EXPECT_EQ(SpanText(Microseconds(61)), "61 us");
  EXPECT_EQ(SpanText(Microseconds(9'999)), "9999 us");
  EXPECT_EQ(SpanText(Milliseconds(-2500)), "-2500 ms");
  EXPECT_EQ(SpanText(Milliseconds(12'300)), "12.3 s");
  EXPECT_EQ(SpanText(Duration::Infinite()), "forever");
}

}  // namespace
}  // namespace reprise
