#include "reprise/sim/core/clock_rate.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

TEST(ClockRateTest, WithoutDriftIsTheWorldsTime) {
  const ClockRate rate;
  const VirtualTime now = VirtualTime::Milliseconds(1234);
  EXPECT_EQ(rate.LocalTime(now), now);
  EXPECT_EQ(rate.WorldTime(now), now);
}

TEST(ClockRateTest, GainsItsDrift) {
  ClockRate rate;
  rate.SetDrift(500);
  EXPECT_EQ(rate.LocalTime(VirtualTime::Seconds(1000)),
            VirtualTime::Seconds(1000) + Milliseconds(500));
}

TEST(ClockRateTest, FindsTheFirstInstantThatIsNotTooEarly) {
  for (const int64_t drift : {-900'000, -37, 1, 250'000}) {
    ClockRate rate;
    rate.SetDrift(drift);
    RandomStream random(static_cast<uint64_t>(drift));
    for (int i = 0; i < 1000; ++i) {
      const VirtualTime local =
          VirtualTime::Nanoseconds(random.Uniform(0, 1'000'000'000'000));
      const VirtualTime world = rate.WorldTime(local);
      EXPECT_GE(rate.LocalTime(world), local);
      EXPECT_LT(rate.LocalTime(world - Nanoseconds(1)), local);
    }
  }
}

TEST(ClockRateTest, WhatASlowClockNeverReachesIsNever) {
  ClockRate rate;
  rate.SetDrift(-500'000);
  EXPECT_EQ(rate.WorldTime(VirtualTime::Infinite()), VirtualTime::Infinite());
  EXPECT_EQ(rate.WorldTime(VirtualTime::Infinite() - Nanoseconds(1)),
            VirtualTime::Infinite());
  EXPECT_EQ(rate.WorldTime(VirtualTime::Seconds(9'000'000'000)),
            VirtualTime::Infinite());
}

}  // namespace
}  // namespace reprise
