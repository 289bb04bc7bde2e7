#include "reprise/sim/core/chrono.h"

#include <chrono>
#include <cstdint>

#include "gtest/gtest.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/wall_clock.h"

namespace reprise {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""s;

static_assert(std::chrono::is_clock_v<SteadyClock>);
static_assert(std::chrono::is_clock_v<SystemClock>);

using Picoseconds = std::chrono::duration<int64_t, std::pico>;

TEST(ChronoTest, ConvertsDurationsExactly) {
  EXPECT_EQ(ToDuration(5ms), Milliseconds(5));
  EXPECT_EQ(ToDuration(-3s), Seconds(-3));
  EXPECT_EQ(ToDuration(2h), Seconds(7200));
  EXPECT_EQ(ToChrono(Milliseconds(7)), 7ms);
}

TEST(ChronoTest, RoundsUpWhatIsNoWholeNumberOfNanoseconds) {
  EXPECT_EQ(ToDuration(Picoseconds(1)), Nanoseconds(1));
  EXPECT_EQ(ToDuration(Picoseconds(1000)), Nanoseconds(1));
  EXPECT_EQ(ToDuration(Picoseconds(-1500)), Nanoseconds(-1));
}

TEST(ChronoTest, WhatIsPastTheRangeIsInfinite) {
  EXPECT_TRUE(ToDuration(std::chrono::hours::max()).IsInfinite());
  EXPECT_TRUE(ToDuration(std::chrono::nanoseconds::max()).IsInfinite());
  EXPECT_LT(ToDuration(std::chrono::hours::min()), Seconds(-1));
  EXPECT_EQ(ToChrono(Duration::Infinite()), std::chrono::nanoseconds::max());
}

TEST(ChronoTest, ConvertsTimePoints) {
  const SteadyClock::time_point time(5ms);
  EXPECT_EQ(ToVirtualTime(time), VirtualTime::Milliseconds(5));
  EXPECT_EQ(ToChrono<SteadyClock>(VirtualTime::Milliseconds(5)), time);
  EXPECT_EQ(SystemClock::to_time_t(SystemClock::from_time_t(42)), 42);
  EXPECT_EQ(SystemClock::to_time_t(SystemClock::time_point(-1ns)), -1);
}

class ClockTest : public TaskFixture {
 protected:
  ClockRate rate_;
  WallClock wall_{Seconds(1000)};
  TaskGroup drifting_{"drifting", rate_, wall_};
};

TEST_F(ClockTest, TellsTheTimeOfTheNodeWhoseTaskRuns) {
  rate_.SetDrift(500'000);
  const auto look = [this] {
    SleepFor(Seconds(2));
    return SteadyClock::now().time_since_epoch();
  };
  scheduler_.Spawn(drifting_, "fast", [&] { EXPECT_EQ(look(), 3s); });
  Spawn("right", [&] { EXPECT_EQ(look(), 2s); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ClockTest, TheSystemClockFollowsTheWall) {
  scheduler_.Spawn(drifting_, "task", [this] {
    EXPECT_EQ(SystemClock::now().time_since_epoch(), 1000s);
    SleepFor(Seconds(2));
    wall_.SetOffset(Seconds(500));
    EXPECT_EQ(SystemClock::to_time_t(SystemClock::now()), 502);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST(ClockDeathTest, RefusesToTellTheTimeOutsideTasks) {
  EXPECT_DEATH(SteadyClock::now(), "waits for a time on its clock");
}

}  // namespace
}  // namespace reprise
