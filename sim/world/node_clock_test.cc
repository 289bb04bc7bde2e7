#include "reprise/sim/world/node_clock.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

TEST(NodeClockTest, WithoutErrorSaysTheWorldsTime) {
  const NodeClock clock;
  const VirtualTime now = VirtualTime::Milliseconds(1234);
  EXPECT_EQ(clock.Monotonic(now), now);
  EXPECT_EQ(clock.WorldTime(now), now);
  EXPECT_EQ(clock.Wall(now), NodeClock::kWallEpoch + now.since_start());
}

TEST(NodeClockTest, GainsItsDrift) {
  NodeClock clock;
  clock.SetDrift(500);
  EXPECT_EQ(clock.Monotonic(VirtualTime::Seconds(1000)),
            VirtualTime::Seconds(1000) + Milliseconds(500));
}

TEST(NodeClockTest, WakesAtTheFirstInstantThatIsNotTooEarly) {
  for (const int64_t drift : {-900'000, -37, 1, 250'000}) {
    NodeClock clock;
    clock.SetDrift(drift);
    RandomStream random(static_cast<uint64_t>(drift));
    for (int i = 0; i < 1000; ++i) {
      const VirtualTime local =
          VirtualTime::Nanoseconds(random.Uniform(0, 1'000'000'000'000));
      const VirtualTime world = clock.WorldTime(local);
      EXPECT_GE(clock.Monotonic(world), local);
      EXPECT_LT(clock.Monotonic(world - Nanoseconds(1)), local);
    }
  }
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
