// Whatever a node's code waits for, it waits by the clock that it sees.

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>

#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr NodeId kNobody(1);

// Something to wait with: returns when the clock says `deadline`, or earlier.
using Wait = std::function<void(Env& env, VirtualTime deadline)>;

// On clocks that are right, slow and fast: a loop that waits until an instant
// waits once, and goes on at that instant of the node's clock.
void ExpectWaitsByTheNodesClock(const Wait& wait) {
  for (const int64_t drift : {0, -500'000, -100, 100, 250'000}) {
    World world({.seed = Seed(1), .max_steps = 1000});
    Node& node = world.AddNode("node");
    node.clock().SetDrift(drift);
    world.AddNode("nobody").Crash();
    node.Spawn([&](Env& env) {
      env.clock().SleepFor(Milliseconds(777));
      const VirtualTime deadline = env.clock().Now() + Seconds(3);
      int rounds = 0;
      for (; env.clock().Now() < deadline; ++rounds) wait(env, deadline);
      EXPECT_EQ(rounds, 1) << "drift " << drift;
      EXPECT_LE(env.clock().Now(), deadline + Nanoseconds(2));
    });
    EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  }
}

TEST(WaitingTest, SleepsUntilAnInstantOfTheNodesClock) {
  ExpectWaitsByTheNodesClock(
      [](Env& env, VirtualTime deadline) { env.clock().SleepUntil(deadline); });
}

TEST(WaitingTest, SleepsForATimeOfTheNodesClock) {
  ExpectWaitsByTheNodesClock([](Env& env, VirtualTime deadline) {
    env.clock().SleepFor(deadline - env.clock().Now());
  });
}

TEST(WaitingTest, WaitsForAFutureByTheNodesClock) {
  ExpectWaitsByTheNodesClock([](Env&, VirtualTime deadline) {
    Future<int> never;
    EXPECT_FALSE(never.WaitUntil(deadline));
  });
}

TEST(WaitingTest, WaitsForAConditionByTheNodesClock) {
  ExpectWaitsByTheNodesClock([](Env& env, VirtualTime deadline) {
    Mutex mutex;
    Condition never;
    const MutexLock lock(mutex);
    EXPECT_FALSE(never.WaitFor(mutex, deadline - env.clock().Now()));
  });
}

TEST(WaitingTest, WaitsForAReplyByTheNodesClock) {
  ExpectWaitsByTheNodesClock([](Env& env, VirtualTime deadline) {
    const CallOptions options = {.deadline = deadline - env.clock().Now()};
    EXPECT_FALSE(env.network().Call(kNobody, "x", "", options).ok());
  });
}

// A slow clock reaches the instant after the world's time does.
TEST(WaitingTest, IsWokenThoughTheWorldsTimeIsPastTheDeadline) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("node");
  node.clock().SetDrift(-500'000);
  Future<int> answer;
  node.Spawn([&](Env& env) {
    EXPECT_TRUE(answer.WaitUntil(env.clock().Now() + Seconds(3)));
  });
  node.Spawn([&](Env& env) {
    env.clock().SleepFor(Seconds(2));
    EXPECT_EQ(world.now(), VirtualTime::Seconds(4));
    answer.Set(42);
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
}

TEST(WaitingTest, ACallsOwnDeadlineMayBeLaterThanTheDefault) {
  World world({.faults = {.network = {.default_deadline = Milliseconds(10)}}});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("work", [&env](NodeId, Bytes bytes) {
      env.clock().SleepFor(Seconds(1));
      return bytes;
    });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([&](Env& env) {
    const auto call = [&](const CallOptions& options) {
      return env.network().Call(server.id(), "work", "x", options).ok();
    };
    EXPECT_TRUE(call({.deadline = Seconds(2)}));
    EXPECT_GE(env.clock().Now(), VirtualTime::Seconds(1));
    EXPECT_FALSE(call({.deadline = Milliseconds(5)}));
    EXPECT_LT(env.clock().Now(), VirtualTime::Milliseconds(1006));
    EXPECT_FALSE(call({}));
    EXPECT_LT(env.clock().Now(), VirtualTime::Milliseconds(1016));
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
}

}  // namespace
}  // namespace reprise
