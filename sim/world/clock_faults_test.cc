// What befalls the time of day of nodes: leaps by years, and standing still.

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/testing/servers.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr uint64_t kSeeds = 20;
constexpr int64_t kTicks = 1000;  // Of Servers.
constexpr Duration kYear = Seconds(int64_t{366} * 24 * 3600);

ClockOptions Leaps(Probability probability) {
  return {.leap = probability, .leap_max = kYear * 20};
}

TEST(ClockFaultsTest, ClocksLeapAsOftenAndAsFarAsAsked) {
  int64_t leaps = 0;
  int64_t beyond_half = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers({.clocks = Leaps({1, 50})}, {""}, seed);
    servers.world.RunUntilIdle();
    leaps +=
        static_cast<int64_t>(servers.world.fault_counts()[Fault::kClockLeap]);
    Duration error[2];  // Of the server and the client.
    for (const auto& kept : servers.watcher.Of(EventKind::kClockJumped)) {
      Duration& off = error[kept.event.node.value()];
      off += Nanoseconds(static_cast<int64_t>(kept.event.value));
      ASSERT_LE(off, kYear * 20);
      ASSERT_GE(off, kYear * -20);
      beyond_half += off > kYear * 10 || off < kYear * -10 ? 1 : 0;
    }
  }
  EXPECT_TRUE(IsAsFrequent(leaps, kSeeds * kTicks * 2, {1, 50}));
  EXPECT_TRUE(IsAsFrequent(beyond_half, leaps, {1, 2}));
}

TEST(ClockFaultsTest, ALeapMovesWallTimeAlone) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("node");
  const VirtualTime before = node.env().clock().WallTime();
  node.LeapClock(kYear * 30);
  EXPECT_EQ(node.env().clock().WallTime(), before + kYear * 30);
  node.LeapClock(kYear * -60);  // Before 1970.
  EXPECT_EQ(node.env().clock().WallTime(), before + kYear * -60);
  EXPECT_LT(node.env().clock().WallTime(), VirtualTime());
  node.LeapClock({});
  EXPECT_EQ(node.env().clock().WallTime(), before);
  EXPECT_EQ(node.env().clock().Now(), VirtualTime());
}

TEST(ClockFaultsTest, ClocksStopAsOftenAsAskedAndGoOn) {
  FaultMix faults;
  faults.clocks.stop = {.start = {1, 50}, .minimum = Milliseconds(5)};
  int64_t stops = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, {""}, seed);
    EXPECT_EQ(servers.world.RunUntilIdle().end, RunEnd::kIdle);
    const auto stopped = servers.watcher.Of(EventKind::kClockStopped);
    EXPECT_EQ(stopped.size(),
              servers.watcher.Of(EventKind::kClockWentOn).size());
    EXPECT_EQ(stopped.size(), servers.world.fault_counts()[Fault::kClockStop]);
    stops += static_cast<int64_t>(stopped.size());
    const VirtualTime now = servers.world.now();
    EXPECT_EQ(servers.nodes[0]->clock().Wall(now),
              NodeClock::kWallEpoch + now.since_start());
  }
  // Nothing is drawn in the tick in which a stop ends.
  EXPECT_TRUE(IsAsFrequent(stops, kSeeds * kTicks * 2 - stops, {1, 50}));
}

TEST(ClockFaultsTest, AClockThatStandsStillShowsOneInstant) {
  World world({.seed = Seed(1)});
  std::vector<std::string> seen;
  Node& node = world.AddNode("node");
  node.Spawn([&](Env& env) {
    const auto wall = SystemClock::now();
    node.StopClock();
    env.clock().SleepFor(Seconds(2));
    EXPECT_EQ(SystemClock::now(), wall);
    EXPECT_EQ(ToChrono<SystemClock>(env.clock().WallTime()), wall);
    EXPECT_EQ(env.clock().Now(), VirtualTime::Seconds(2));
    node.StopClock(Origin::kDrawn);
    node.StartClock();
    EXPECT_EQ(SystemClock::now(), wall);
    node.StartClock(Origin::kDrawn);
    EXPECT_EQ(SystemClock::now(), wall + std::chrono::seconds(2));
  });
  world.RunUntilIdle();
  EXPECT_EQ(world.fault_counts()[Fault::kClockStop], 1u);
}

TEST(ClockFaultsTest, ClocksGoOnWhereTheFaultsEnd) {
  FaultMix faults;
  faults.clocks.stop = {.start = {1, 1}, .minimum = Seconds(5)};
  Servers servers(faults, {""}, 1);
  servers.world.RunUntil(VirtualTime::Seconds(1));
  EXPECT_TRUE(servers.nodes[0]->clock().wall().IsStopped());
  servers.world.EndFaults();
  EXPECT_FALSE(servers.nodes[0]->clock().wall().IsStopped());
}

TEST(ClockFaultsTest, WhatWasRecordedAloneGivesTheSameRun) {
  FaultMix faults = {.clocks = Leaps({1, 100})};
  faults.clocks.stop = {.start = {1, 100}, .mean = Milliseconds(100)};
  Servers first(faults, {"", ""}, 7);
  first.world.RunUntilIdle();
  const Edits edits = {.base = Base::kCalm,
                       .schedule = first.world.decisions().recorded()};
  EXPECT_FALSE(edits.schedule.empty());
  Servers again(faults, {"", ""}, 8, &edits);
  again.world.RunUntilIdle();
  EXPECT_EQ(again.world.decisions().recorded(), edits.schedule);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.nodes[i]->env().clock().WallTime(),
              first.nodes[i]->env().clock().WallTime());
  }
}

// Which of 100 seeds violate something under these faults.
template <typename Violates>
int CountViolations(const ClockOptions& clocks, Violates violates) {
  int count = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    World world({.seed = Seed(seed), .faults = {.clocks = clocks}});
    count += violates(world) ? 1 : 0;
  }
  return count;
}

constexpr ClockOptions kJumps = {
    .skew_max = Seconds(3600), .jump = {1, 20}, .jump_max = Seconds(3600)};

// The planted bug: seconds since 1970 in 32 bits, which end in 2038.
TEST(ClockFaultsTest, SecondsIn32BitsAreWrongOnlyWhereClocksLeap) {
  const auto violates = [](World& world) {
    bool is_wrong = false;
    world.AddNode("node").Spawn([&](Env& env) {
      for (int i = 0; i < 100; ++i) {
        env.clock().SleepFor(Milliseconds(10));
        const int64_t now =
            env.clock().WallTime().nanoseconds() / 1'000'000'000;
        is_wrong |= static_cast<int32_t>(now) != now;
      }
    });
    world.RunUntilIdle();
    return is_wrong;
  };
  EXPECT_EQ(CountViolations(kJumps, violates), 0);
  const ClockOptions leaps = {.leap = {1, 20}, .leap_max = kYear * 80};
  EXPECT_GT(CountViolations(leaps, violates), 50);
}

// The planted bug: a holder looks at the time of day to see whether its lease
// of one second is over; its grantor waits by a timer.
TEST(ClockFaultsTest, ALeaseByWallTimeOutlastsItselfWhereTheClockStandsStill) {
  const auto violates = [](World& world) {
    bool is_held = false;
    bool is_granted_twice = false;
    world.AddNode("holder").Spawn([&](Env& env) {
      const VirtualTime end = env.clock().WallTime() + Seconds(1);
      is_held = true;
      while (env.clock().WallTime() + Milliseconds(20) < end) {
        env.clock().SleepFor(Milliseconds(10));
      }
      is_held = false;
    });
    world.AddNode("grantor").Spawn([&](Env& env) {
      env.clock().SleepFor(Seconds(1));
      is_granted_twice = is_held;
    });
    world.RunUntilIdle();
    return is_granted_twice;
  };
  EXPECT_EQ(CountViolations({.skew_max = Seconds(3600)}, violates), 0);
  const ClockOptions stops = {
      .stop = {.start = {1, 100}, .mean = Milliseconds(500)}};
  EXPECT_GT(CountViolations(stops, violates), 10);
}

}  // namespace
}  // namespace reprise
