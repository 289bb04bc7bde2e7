#include "reprise/sim/env/timer.h"

#include <memory>
#include <optional>

#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class TimerTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, TimerTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(TimerTest, CallsItsFunctionOnceWhenTheDelayHasPassed) {
  Run([](Env& env) {
    Timer timer(env);
    const VirtualTime before = env.clock().Now();
    std::optional<VirtualTime> called;
    int calls = 0;
    timer.After(Milliseconds(4), [&] {
      called = env.clock().Now();
      ++calls;
    });
    EXPECT_TRUE(timer.IsPending());
    EXPECT_TRUE(WaitUntil(env, [&] { return called.has_value(); }));
    EXPECT_GE(*called, before + Milliseconds(4));
    EXPECT_FALSE(timer.IsPending());
    env.clock().SleepFor(Milliseconds(9));
    EXPECT_EQ(calls, 1);
  });
}

TEST_P(TimerTest, CancelAndTheDestructorEndWhatIsDue) {
  Run([](Env& env) {
    int calls = 0;
    Timer timer(env);
    timer.After(Milliseconds(2), [&] { ++calls; });
    timer.Cancel();
    EXPECT_FALSE(timer.IsPending());
    {
      Timer other(env);
      other.After(Milliseconds(2), [&] { ++calls; });
    }
    env.clock().SleepFor(Milliseconds(8));
    EXPECT_EQ(calls, 0);
  });
}

TEST_P(TimerTest, RestartCountsFromNowOnInPlaceOfWhatIsDue) {
  Run([](Env& env) {
    std::optional<VirtualTime> called;
    Timer timer(env);
    timer.After(Milliseconds(100), [&] { called = env.clock().Now(); });
    env.clock().SleepFor(Milliseconds(3));
    const VirtualTime restarted = env.clock().Now();
    timer.Restart();
    EXPECT_TRUE(WaitUntil(env, [&] { return called.has_value(); }));
    EXPECT_GE(*called, restarted + Milliseconds(100));
    called.reset();
    // Nothing need be due.
    timer.Restart(Milliseconds(2));
    EXPECT_TRUE(WaitUntil(env, [&] { return called.has_value(); }));
  });
}

TEST_P(TimerTest, AfterReplacesWhatIsDue) {
  Run([](Env& env) {
    int first = 0;
    int second = 0;
    Timer timer(env);
    timer.After(Milliseconds(3), [&] { ++first; });
    timer.After(Milliseconds(1), [&] { ++second; });
    EXPECT_TRUE(WaitUntil(env, [&] { return second == 1; }));
    env.clock().SleepFor(Milliseconds(6));
    EXPECT_EQ(first, 0);
  });
}

TEST_P(TimerTest, TheCallMaySuspendAndRestartItsTimer) {
  Run([](Env& env) {
    int calls = 0;
    Timer timer(env);
    timer.After(Milliseconds(1), [&] {
      env.clock().SleepFor(Milliseconds(1));
      if (++calls < 3) timer.Restart();
    });
    EXPECT_TRUE(WaitUntil(env, [&] { return calls == 3; }));
    EXPECT_FALSE(timer.IsPending());
  });
}

TEST_P(TimerTest, TheDestructorEndsACallThatRuns) {
  Run([](Env& env) {
    bool has_begun = false;
    bool has_ended = false;
    auto timer = std::make_unique<Timer>(env);
    timer->After({}, [&] {
      has_begun = true;
      env.clock().SleepFor(Milliseconds(2));
      has_ended = true;
    });
    EXPECT_TRUE(WaitUntil(env, [&] { return has_begun; }));
    timer = nullptr;
    const bool had_ended = has_ended;
    env.clock().SleepFor(Milliseconds(5));
    EXPECT_EQ(has_ended, had_ended);
  });
}

TEST_P(TimerTest, TheCallMayDestroyItsTimerAndEndsWhereItWouldNextWait) {
  Run([](Env& env) {
    bool went_on = false;
    bool waited = false;
    auto timer = std::make_unique<Timer>(env);
    timer->After(Milliseconds(1), [&] {
      timer = nullptr;
      went_on = true;
      env.clock().SleepFor(Milliseconds(1));
      waited = true;
    });
    EXPECT_TRUE(WaitUntil(env, [&] { return went_on; }));
    env.clock().SleepFor(Milliseconds(4));
    EXPECT_FALSE(waited);
  });
}

}  // namespace
}  // namespace reprise
