#include "reprise/sim/core/wall_clock.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

TEST(WallClockTest, IsAheadByItsOffset) {
  WallClock wall(Seconds(1000));
  EXPECT_EQ(wall.At(VirtualTime::Seconds(3)), VirtualTime::Seconds(1003));
  wall.SetOffset(Seconds(-5));
  EXPECT_EQ(wall.At(VirtualTime::Seconds(3)), VirtualTime::Seconds(-2));
}

TEST(WallClockTest, StandsStillAndThenSaysWhatItWouldHaveSaid) {
  WallClock wall(Seconds(1000));
  wall.StopAt(VirtualTime::Seconds(3));
  EXPECT_TRUE(wall.IsStopped());
  EXPECT_EQ(wall.At(VirtualTime::Seconds(3)), VirtualTime::Seconds(1003));
  EXPECT_EQ(wall.At(VirtualTime::Seconds(9)), VirtualTime::Seconds(1003));
  wall.Start();
  EXPECT_FALSE(wall.IsStopped());
  EXPECT_EQ(wall.At(VirtualTime::Seconds(9)), VirtualTime::Seconds(1009));
}

TEST(WallClockTest, CanBeSetWhileItStandsStill) {
  WallClock wall;
  wall.StopAt(VirtualTime::Seconds(3));
  wall.SetOffset(Seconds(100));
  EXPECT_EQ(wall.At(VirtualTime::Seconds(9)), VirtualTime::Seconds(103));
}

}  // namespace
}  // namespace reprise
