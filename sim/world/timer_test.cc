#include "reprise/sim/env/timer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TimerTest : public testing::Test {
 protected:
  // Runs `program` on a node of its own until nothing is left to do.
  void Run(const std::function<void(Env&)>& program) {
    Node& node = world_.AddNode("node");
    node.clock().SetDrift(drift_);
    node.OnBoot(program);
    EXPECT_EQ(world_.RunUntilIdle().end, RunEnd::kIdle);
    world_.End();
  }
  // A function that notes the milliseconds on the clock of `env`.
  std::function<void()> Note(Env& env) {
    return [this, &env] {
      calls_.push_back(env.clock().Now().nanoseconds() / 1'000'000);
    };
  }

  int64_t drift_ = 0;
  std::vector<int64_t> calls_;
  World world_{{.seed = Seed(1), .max_steps = 10'000}};
};

TEST_F(TimerTest, CallsItsFunctionOnceAfterItsDelay) {
  Run([this](Env& env) {
    Timer timer(env);
    EXPECT_FALSE(timer.IsPending());
    timer.After(Milliseconds(5), Note(env));
    EXPECT_TRUE(timer.IsPending());
    env.clock().SleepFor(Milliseconds(50));
    EXPECT_FALSE(timer.IsPending());
  });
  EXPECT_THAT(calls_, ElementsAre(5));
}

TEST_F(TimerTest, WaitsByTheClockOfItsNode) {
  drift_ = 500'000;
  Run([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(300), Note(env));
    env.clock().SleepFor(Seconds(1));
  });
  EXPECT_THAT(calls_, ElementsAre(300));
}

TEST_F(TimerTest, CallsNothingOnceCancelled) {
  Run([this](Env& env) {
    Timer timer(env);
    timer.Cancel();
    timer.After(Milliseconds(5), Note(env));
    timer.Cancel();
    EXPECT_FALSE(timer.IsPending());
    env.clock().SleepFor(Milliseconds(20));
    timer.Restart();
    env.clock().SleepFor(Milliseconds(50));
  });
  EXPECT_THAT(calls_, ElementsAre(25));
}

TEST_F(TimerTest, ARestartPutsTheCallOff) {
  Run([this](Env& env) {
    Timer timer(env, "election");
    timer.After(Milliseconds(10), Note(env));
    for (int i = 0; i < 9; ++i) {
      env.clock().SleepFor(Milliseconds(9));
      timer.Restart();
    }
    env.clock().SleepFor(Milliseconds(50));
  });
  EXPECT_THAT(calls_, ElementsAre(91));
}

TEST_F(TimerTest, ARestartMayBringTheCallForward) {
  Run([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(100), Note(env));
    env.clock().SleepFor(Milliseconds(1));
    timer.Restart(Milliseconds(5));
    env.clock().SleepFor(Milliseconds(20));
    timer.Restart();
    env.clock().SleepFor(Milliseconds(200));
  });
  EXPECT_THAT(calls_, ElementsAre(6, 26));
}

TEST_F(TimerTest, AnotherAfterReplacesTheFunction) {
  Run([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(5), [] { ADD_FAILURE(); });
    timer.After(Milliseconds(7), Note(env));
    env.clock().SleepFor(Milliseconds(20));
  });
  EXPECT_THAT(calls_, ElementsAre(7));
}

TEST_F(TimerTest, ItsFunctionMayRestartAndReplaceIt) {
  Run([this](Env& env) {
    Timer timer(env);
    int ticks = 0;
    timer.After(Milliseconds(10), [&] {
      Note(env)();
      if (++ticks < 3) {
        timer.Restart();
      } else {
        timer.After(Milliseconds(1), Note(env));
      }
    });
    env.clock().SleepFor(Milliseconds(100));
  });
  EXPECT_THAT(calls_, ElementsAre(10, 20, 30, 31));
}

TEST_F(TimerTest, CancelLetsACallThatRunsGoOn) {
  Run([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(5), [&] {
      env.clock().SleepFor(Milliseconds(10));
      Note(env)();
    });
    env.clock().SleepFor(Milliseconds(7));
    timer.Cancel();
    env.clock().SleepFor(Milliseconds(50));
  });
  EXPECT_THAT(calls_, ElementsAre(15));
}

TEST_F(TimerTest, ItsEndCancelsWhatIsDueAndACallThatRuns) {
  Run([this](Env& env) {
    {
      Timer due(env);
      due.After(Milliseconds(50), Note(env));
      Timer running(env);
      running.After(Milliseconds(5), [&] {
        env.clock().SleepFor(Milliseconds(50));
        Note(env)();
      });
      env.clock().SleepFor(Milliseconds(7));
    }
    env.clock().SleepFor(Milliseconds(200));
  });
  EXPECT_THAT(calls_, IsEmpty());
}

TEST_F(TimerTest, ItsFunctionMayDestroyIt) {
  Run([this](Env& env) {
    auto timer = std::make_unique<Timer>(env);
    timer->After(Milliseconds(5), [&timer, note = Note(env), &env] {
      timer.reset();
      note();
      env.clock().SleepFor(Milliseconds(1));
      note();
    });
    env.clock().SleepFor(Milliseconds(50));
  });
  EXPECT_THAT(calls_, ElementsAre(5));
}

TEST_F(TimerTest, ACrashEndsIt) {
  Node& node = world_.AddNode("node");
  node.Spawn([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(5), Note(env));
    env.clock().SleepFor(Seconds(1));
  });
  world_.RunUntil(VirtualTime::Milliseconds(1));
  node.Crash();
  EXPECT_EQ(world_.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_THAT(calls_, IsEmpty());
}

TEST_F(TimerTest, RefusesARestartBeforeAfter) {
  EXPECT_DEATH(Run([](Env& env) { Timer(env, "election").Restart(); }),
               "the timer \"election\" is restarted before it was started");
}

// Restarts wake nobody: a hundred of them are a few steps, not hundreds.
TEST_F(TimerTest, ARestartIsCheap) {
  Run([this](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(100), Note(env));
    const uint64_t before = world_.scheduler().steps();
    for (int i = 0; i < 100; ++i) timer.Restart();
    env.clock().SleepFor(Milliseconds(300));
    EXPECT_LE(world_.scheduler().steps() - before, 4u);
  });
}

}  // namespace
}  // namespace reprise
