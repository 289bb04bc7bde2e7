#include "reprise/sim/world/node_clock.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

TEST(NodeClockTest, WithoutErrorSaysTheWorldsTime) {
  const NodeClock clock;
  const VirtualTime now = VirtualTime::Milliseconds(1234);
  EXPECT_EQ(clock.Monotonic(now), now);
  EXPECT_EQ(clock.WorldTime(now), now);
  EXPECT_EQ(clock.Wall(now), NodeClock::kWallEpoch + now.since_start());
}

TEST(NodeClockTest, BothClocksGainTheDrift) {
  NodeClock clock;
  clock.SetDrift(500);
  const VirtualTime now = VirtualTime::Seconds(1000);
  EXPECT_EQ(clock.Monotonic(now), now + Milliseconds(500));
  EXPECT_EQ(clock.Wall(now),
            NodeClock::kWallEpoch + now.since_start() + Milliseconds(500));
}

TEST(NodeClockTest, JumpsMoveWallTimeAlone) {
  NodeClock clock;
  const VirtualTime now = VirtualTime::Seconds(5);
  const VirtualTime before = clock.Wall(now);
  clock.MoveWallTime(Seconds(-2));
  EXPECT_EQ(clock.Wall(now), before - Seconds(2));
  EXPECT_EQ(clock.Monotonic(now), now);
}

TEST(NodeClockTest, WallTimeAloneStandsStill) {
  NodeClock clock;
  clock.SetDrift(500'000);
  const VirtualTime before = clock.Wall(VirtualTime::Seconds(4));
  clock.StopWallTime(VirtualTime::Seconds(4));
  EXPECT_EQ(clock.Wall(VirtualTime::Seconds(6)), before);
  EXPECT_EQ(clock.Monotonic(VirtualTime::Seconds(6)), VirtualTime::Seconds(9));
  clock.StartWallTime();
  EXPECT_EQ(clock.Wall(VirtualTime::Seconds(6)), before + Seconds(3));
}

}  // namespace
}  // namespace reprise
