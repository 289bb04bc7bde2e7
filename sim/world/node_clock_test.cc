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

}  // namespace
}  // namespace reprise
