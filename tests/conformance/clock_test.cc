#include "reprise/sim/env/clock.h"

#include <chrono>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

class ClockTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, ClockTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(ClockTest, NowNeverGoesBack) {
  Run([](Env& env) {
    VirtualTime last = env.clock().Now();
    for (int i = 0; i < 1000; ++i) {
      if (i % 100 == 0) env.clock().SleepFor(Microseconds(100));
      const VirtualTime now = env.clock().Now();
      EXPECT_GE(now, last);
      last = now;
    }
  });
}

TEST_P(ClockTest, ASleeperWakesAtOrAfterTheInstantAskedForAndNotMuchLater) {
  Run([](Env& env) {
    for (const int milliseconds : {0, 1, 3, 10}) {
      const VirtualTime wake = env.clock().Now() + Milliseconds(milliseconds);
      env.clock().SleepUntil(wake);
      EXPECT_GE(env.clock().Now(), wake);
      EXPECT_LT(env.clock().Now(), wake + kLong);
    }
  });
}

TEST_P(ClockTest, SleepForIsCountedFromNow) {
  Run([](Env& env) {
    const VirtualTime begin = env.clock().Now();
    env.clock().SleepFor(Milliseconds(5));
    EXPECT_GE(env.clock().Now(), begin + Milliseconds(5));
  });
}

TEST_P(ClockTest, AnInstantThatHasPassedIsNotWaitedFor) {
  Run([](Env& env) {
    env.clock().SleepFor(Milliseconds(2));
    env.clock().SleepUntil(VirtualTime());
    env.clock().SleepFor(Duration());
    EXPECT_LT(env.clock().Now(), VirtualTime() + kLong);
  });
}

TEST_P(ClockTest, ATaskThatSleepsLetsOthersRun) {
  Run([](Env& env) {
    bool has_run = false;
    env.tasks().Spawn("other", [&] { has_run = true; });
    EXPECT_FALSE(has_run);
    env.clock().SleepFor(kShort);
    EXPECT_TRUE(has_run);
  });
}

TEST_P(ClockTest, SleepersWakeInTheOrderOfTheirInstants) {
  Run([](Env& env) {
    std::vector<std::string> woken;
    const VirtualTime now = env.clock().Now();
    const auto sleeper = [&](const char* name, Duration length) {
      return env.tasks().Spawn(name, [&, name, length] {
        env.clock().SleepUntil(now + length);
        woken.emplace_back(name);
      });
    };
    const TaskHandle last = sleeper("last", Milliseconds(9));
    sleeper("first", Milliseconds(3));
    sleeper("second", Milliseconds(6));
    last.Join();
    EXPECT_THAT(woken, ElementsAre("first", "second", "last"));
  });
}

TEST_P(ClockTest, TheStandardsDurationsAndTimePointsMeanTheSame) {
  Run([](Env& env) {
    const VirtualTime begin = env.clock().Now();
    env.clock().SleepFor(milliseconds(2));
    EXPECT_GE(env.clock().Now(), begin + Milliseconds(2));
    const VirtualTime middle = env.clock().Now();
    env.clock().SleepUntil(SteadyClock::now() + milliseconds(2));
    EXPECT_GE(env.clock().Now(), middle + Milliseconds(2));
  });
}

TEST_P(ClockTest, SteadyClockShowsTheSameInstantsAsNow) {
  Run([](Env& env) {
    for (int i = 0; i < 10; ++i) {
      env.clock().SleepFor(Microseconds(300));
      const VirtualTime before = env.clock().Now();
      const SteadyClock::time_point between = SteadyClock::now();
      const VirtualTime after = env.clock().Now();
      EXPECT_GE(between, ToChrono<SteadyClock>(before));
      EXPECT_LE(between, ToChrono<SteadyClock>(after));
    }
  });
}

TEST_P(ClockTest, SystemClockIsAboutTheWallTime) {
  Run([](Env& env) {
    env.clock().SleepFor(Milliseconds(1));
    const auto wall = ToChrono<SystemClock>(env.clock().WallTime());
    const auto difference = SystemClock::now() - wall;
    EXPECT_LT(difference, std::chrono::seconds(30));
    EXPECT_GT(difference, -std::chrono::seconds(30));
  });
}

}  // namespace
}  // namespace reprise
