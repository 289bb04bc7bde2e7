#include "reprise/sim/world/fault_script.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr VirtualTime At(int64_t milliseconds) {
  return VirtualTime::Milliseconds(milliseconds);
}

TEST(FaultScriptTest, APartitionLastsExactlyAsLongAsScripted) {
  Pair pair({});
  pair.world.script().Partition(
      {At(2000), Seconds(1)},
      Partition::Split({pair.server.id()}, {pair.client.id()}));
  pair.world.RunUntil(At(2000));
  EXPECT_EQ(pair.failed, 0);
  const int before = pair.answered;
  // A call takes 110 ms to fail.
  pair.world.RunUntil(At(3000));
  EXPECT_EQ(pair.answered, before);
  EXPECT_EQ(pair.failed, 9);
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.failed, 10);
  EXPECT_GT(pair.answered, before + 600);
}

TEST(FaultScriptTest, ACutConnectionIsRestored) {
  FaultMix faults;
  faults.network.loss_notice = LossNotice::kAtOnce;
  Pair pair(faults, 1, At(300));
  pair.world.script().Cut({At(100), Milliseconds(100)}, pair.client.id(),
                          pair.server.id());
  pair.world.RunUntilIdle();
  // The client calls every 10 ms and a little; a failure is known after 50 us.
  EXPECT_EQ(pair.failed, 10);
  EXPECT_GT(pair.answered, 18);
}

TEST(FaultScriptTest, AClogHoldsPacketsBack) {
  Pair pair({}, 1, At(200));
  pair.world.script().Clog({At(100), Milliseconds(50)}, pair.client.id(),
                           pair.server.id());
  pair.world.RunUntil(At(149));
  const int before = pair.answered;
  EXPECT_LE(before, 10);
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.failed, 0);
  EXPECT_GT(pair.answered, before);
}

TEST(FaultScriptTest, ACrashedNodeRestarts) {
  Pair pair({}, 1, At(1000));
  pair.world.script().Crash({At(200), Milliseconds(300)}, pair.server.id());
  pair.world.RunUntil(At(499));
  EXPECT_FALSE(pair.server.IsUp());
  pair.world.RunUntil(At(500));
  EXPECT_TRUE(pair.server.IsUp());
  pair.world.RunUntilIdle();
  EXPECT_GT(pair.failed, 1);
  EXPECT_EQ(pair.world.fault_counts()[Fault::kCrash], 1u);
}

TEST(FaultScriptTest, APausedNodeGoesOn) {
  Pair pair({}, 1, At(1000));
  pair.world.script().Pause({At(200), Milliseconds(300)}, pair.server.id());
  pair.world.RunUntil(At(499));
  EXPECT_TRUE(pair.server.IsPaused());
  pair.world.RunUntil(At(500));
  EXPECT_FALSE(pair.server.IsPaused());
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.failed, 2);
}

TEST(FaultScriptTest, ASlowNodeRecovers) {
  Pair pair({}, 1, At(1000));
  pair.world.script().Slow({At(200), Milliseconds(300)}, pair.server.id(),
                           Milliseconds(40));
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.failed, 0);
  // 300 ms of calls that take 50 ms in place of 10.
  EXPECT_NEAR(pair.answered, 20 + 6 + 50, 3);
}

TEST(FaultScriptTest, AClockJumpsOnce) {
  Pair pair({});
  const VirtualTime before = pair.client.env().clock().WallTime();
  pair.world.script().JumpClock(At(5), pair.client.id(), Seconds(-3600));
  pair.world.RunUntil(At(10));
  EXPECT_EQ(pair.client.env().clock().WallTime(),
            before + Milliseconds(10) - Seconds(3600));
}

TEST(FaultScriptTest, ActionsHappenInOrder) {
  World world({.seed = Seed(1)});
  std::vector<int> done;
  world.script().Do(At(20), [&] { done.push_back(3); });
  world.script().Do(At(10), [&] { done.push_back(1); });
  world.script().Do(At(10), [&] { done.push_back(2); });
  world.RunUntilIdle();
  EXPECT_EQ(done, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(world.now(), At(20));
}

// Drawn pauses come and go all the time, but not while the script says so.
TEST(FaultScriptTest, ScriptedOutagesTakeOverDrawnOnes) {
  FaultMix faults;
  faults.nodes.pause = {.start = {1, 2}, .mean = Milliseconds(30)};
  faults.nodes.crash = {.start = {1, 20}, .mean = Milliseconds(30)};
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Pair pair(faults, seed, At(3000));
    FaultScript& script = pair.world.script();
    script.Pause({At(1000), Milliseconds(500)}, pair.server.id());
    script.Crash({At(1800), Milliseconds(500)}, pair.server.id());
    for (int64_t at = 1000; at < 1500; at += 7) {
      script.Do(At(at), [&pair] { EXPECT_TRUE(pair.server.IsPaused()); });
    }
    for (int64_t at = 1800; at < 2300; at += 7) {
      script.Do(At(at), [&pair] { EXPECT_FALSE(pair.server.IsUp()); });
    }
    EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
    EXPECT_TRUE(pair.server.IsUp());
    EXPECT_GT(pair.answered, 20);
  }
}

TEST(FaultScriptTest, ScriptedFaultsAreRecordedAndCanBeLeftOut) {
  const auto run = [](const Schedule* schedule) {
    Pair pair({}, 1, At(3000), schedule);
    pair.world.script().Pause({At(1000), Seconds(1)}, pair.server.id());
    pair.world.script().Pause({At(2500), Seconds(1)}, pair.server.id());
    pair.world.RunUntilIdle();
    EXPECT_TRUE(pair.world.decisions().Unused().empty());
    return std::pair(pair.world.decisions().recorded(),
                     pair.world.fault_counts()[Fault::kPause]);
  };
  const auto [recorded, pauses] = run(nullptr);
  EXPECT_EQ(pauses, 2u);
  EXPECT_EQ(recorded, (Schedule{{"script", "pause", 0, 1'000'000'000},
                                {"script", "pause", 1, 1'000'000'000}}));
  const Schedule second = {recorded[1]};
  EXPECT_EQ(run(&second).second, 1u);
  EXPECT_EQ(run(&second).first, second);
}

TEST(FaultScriptTest, EndingFaultsSparesTheCoreOnly) {
  World world({.seed = Seed(1)});
  std::vector<NodeId> ids;
  for (int i = 0; i < 4; ++i) {
    Node& node = world.AddNode(NodeName("n", i));
    node.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
    ids.push_back(node.id());
  }
  const Span always = {At(10), Duration::Infinite()};
  world.script().Partition(always,
                           Partition::Split({ids[0]}, {ids[1], ids[2]}));
  world.script().Pause(always, ids[1]);
  world.script().Pause(always, ids[2]);
  world.script().Crash(always, ids[3]);
  world.RunUntil(At(20));
  world.EndFaults(NodeSet({ids[0], ids[1]}));
  EXPECT_FALSE(world.node(ids[1]).IsPaused());
  EXPECT_TRUE(world.node(ids[2]).IsPaused());
  EXPECT_FALSE(world.node(ids[3]).IsUp());
}

TEST(FaultScriptTest, NothingBeginsOnceFaultsHaveEnded) {
  Pair pair({}, 1, At(1000));
  pair.world.script().Crash({At(500), Seconds(9)}, pair.server.id());
  pair.world.script().Pause({At(300), Seconds(9)}, pair.server.id());
  pair.world.RunUntil(At(400));
  pair.world.EndFaults();
  EXPECT_FALSE(pair.server.IsPaused());
  EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(pair.world.fault_counts()[Fault::kCrash], 0u);
}

TEST(FaultScriptDeathTest, WhatCannotHappenIsRefused) {
  World world({.seed = Seed(1)});
  const NodeId node = world.AddNode("only").id();
  const Span soon = {At(10), Seconds(1)};
  const auto refused = testing::ExitedWithCode(2);
  EXPECT_EXIT(
      world.script().Partition(soon, Partition::Split({node}, {NodeId(7)})),
      refused, "a partition of node 7, expected one of the 1 nodes");
  EXPECT_EXIT(world.script().Pause({At(10), Seconds(-1)}, node), refused,
              "a pause lasts -1 s, expected 0 or more");
  world.RunUntil(At(20));
  EXPECT_EXIT(world.script().Crash(soon, node), refused,
              "a crash begins at 0.010 000 s, expected a time that has not "
              "passed");
  EXPECT_EXIT(world.script().Do(At(10), [] {}), refused, "an action at 0.010");
}

}  // namespace
}  // namespace reprise
