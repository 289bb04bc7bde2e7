#include "reprise/sim/explore/isolation/wall_clock.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(StopwatchTest, NeverGoesBack) {
  const Stopwatch stopwatch;
  double last = stopwatch.Seconds();
  EXPECT_GE(last, 0);
  for (int i = 0; i < 1000; ++i) {
    const double now = stopwatch.Seconds();
    EXPECT_GE(now, last);
    last = now;
  }
  EXPECT_GT(last, 0);
}

}  // namespace
}  // namespace reprise
