// Outages of links, nodes, clocks and of the network as a whole: drawn and
// scripted, their frequency and their effect.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/validate_mix.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// Ten seconds are a thousand ticks.
OutageOptions OneTickInTen() {
  return {
      .start = {1, 10}, .minimum = Milliseconds(5), .mean = Milliseconds(5)};
}

TEST(OutageTest, CrashesAsOftenAsAskedForAndRestarts) {
  FaultMix faults;
  faults.nodes.crash = OneTickInTen();
  int crashes = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Pair pair(faults, seed);
    EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
    EXPECT_TRUE(pair.server.IsUp());
    const int boots = pair.events.Count(EventKind::kNodeBooted);
    const int stops = pair.events.Count(EventKind::kNodeStopped);
    EXPECT_EQ(boots, stops + 1);
    EXPECT_GT(pair.failed, 0);
    EXPECT_GT(pair.answered, pair.failed);
    crashes += stops;
  }
  // A cycle is 10 ticks of waiting and 1 or 2 of being down.
  EXPECT_GT(crashes, 20 * 70);
  EXPECT_LT(crashes, 20 * 95);
}

TEST(OutageTest, APausedNodeAnswersLate) {
  Pair pair({}, 1, VirtualTime::Milliseconds(50));
  pair.world.RunUntil(VirtualTime() + Microseconds(60));
  pair.server.Pause();
  pair.world.RunUntil(VirtualTime::Milliseconds(40));
  EXPECT_EQ(pair.answered, 1);
  pair.server.Resume();
  EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(pair.failed, 0);
  EXPECT_GT(pair.answered, 1);
}

TEST(OutageTest, ACrashEndsAPause) {
  Pair pair({}, 1, VirtualTime::Milliseconds(500));
  pair.world.RunUntil(VirtualTime::Milliseconds(5));
  pair.server.Pause();
  pair.world.RunUntil(VirtualTime::Milliseconds(20));
  pair.server.Crash();
  pair.server.Restart();
  EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_GT(pair.answered, 10);
}

TEST(OutageTest, PausesAreDrawnAndEnd) {
  FaultMix faults;
  faults.nodes.pause = {
      .start = {1, 10}, .minimum = Milliseconds(200), .mean = {}};
  Pair pair(faults);
  EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_GT(pair.events.Count(EventKind::kNodePaused), 10);
  EXPECT_EQ(pair.events.Count(EventKind::kNodePaused),
            pair.events.Count(EventKind::kNodeResumed));
  EXPECT_GT(pair.failed, 10);
}

TEST(OutageTest, AScriptedPartitionStopsPacketsUntilItEnds) {
  Pair pair({});
  const Partition partition =
      Partition::Split({pair.server.id()}, {pair.client.id()});
  pair.world.RunUntil(VirtualTime::Seconds(2));
  EXPECT_EQ(pair.failed, 0);
  pair.world.BeginPartition(partition);
  pair.world.RunUntil(VirtualTime::Seconds(3));
  const int answered = pair.answered;
  EXPECT_GT(pair.failed, 5);
  pair.world.EndPartition(partition);
  pair.world.RunUntilIdle();
  EXPECT_GT(pair.answered, answered + 500);
  EXPECT_THAT(pair.events.partitions,
              Contains(HasSubstr("server->client, client->server")));
}

TEST(OutageTest, APartitionStopsPacketsUnderWay) {
  FaultMix faults;
  faults.network.request.delay.minimum = Milliseconds(20);
  faults.network.request.delay.maximum = Milliseconds(20);
  Pair pair(faults);
  const Partition partition =
      Partition::Split({pair.client.id()}, {pair.server.id()});
  pair.world.RunUntil(VirtualTime::Milliseconds(10));
  pair.world.BeginPartition(partition);
  pair.world.RunUntil(VirtualTime::Milliseconds(30));
  EXPECT_EQ(pair.world.counters().handled, 0u);
  EXPECT_EQ(pair.world.fault_counts()[Fault::kRequestLoss], 1u);
}

TEST(OutageTest, PartitionsAreDrawnAmongNodesWithAProgramUnlessAskedFor) {
  FaultMix faults;
  faults.partitions.outage = OneTickInTen();
  Pair apart(faults);
  apart.world.RunUntilIdle();
  EXPECT_EQ(apart.failed, 0);
  faults.partitions.parts_clients = true;
  Pair together(faults);
  together.world.RunUntilIdle();
  EXPECT_GT(together.failed, 0);
  EXPECT_EQ(together.events.Count(EventKind::kPartitioned),
            together.events.Count(EventKind::kPartitionHealed));
}

// One way or the other, so that there is a shape to draw.
FaultMix OneWayPartitions() {
  FaultMix faults;
  faults.partitions = {.outage = {.start = {1, 20}, .mean = Milliseconds(100)},
                       .one_way = {1, 1},
                       .parts_clients = true};
  return faults;
}

TEST(OutageTest, OnePartitionLessLeavesTheOthersTheirShapes) {
  Pair all(OneWayPartitions());
  all.world.RunUntilIdle();
  ASSERT_GE(all.events.partitions.size(), 5u);
  Schedule schedule = all.world.decisions().recorded();
  const auto is_first = [](const Decision& decision) {
    return decision.purpose == "partition";
  };
  const auto first = std::find_if(schedule.begin(), schedule.end(), is_first);
  ASSERT_NE(first, schedule.end());
  schedule.erase(first);
  Pair rest(OneWayPartitions(), /*seed=*/1, VirtualTime::Seconds(10),
            &schedule);
  rest.world.RunUntilIdle();
  EXPECT_EQ(rest.events.partitions,
            std::vector<std::string>(all.events.partitions.begin() + 1,
                                     all.events.partitions.end()));
}

TEST(OutageTest, ASecondCopyThatIsLostIsNobodysLoss) {
  FaultMix faults;
  faults.network.loss_notice = LossNotice::kAtOnce;
  faults.network.request.duplicate = {1, 1};
  faults.network.request.delay.minimum = Milliseconds(1);
  faults.network.request.delay.maximum = Milliseconds(20);
  int spared = 0;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Pair pair(faults, seed, VirtualTime::Milliseconds(1));
    const Partition partition =
        Partition::Split({pair.client.id()}, {pair.server.id()});
    pair.world.RunUntil(VirtualTime::Milliseconds(10));
    pair.world.BeginPartition(partition);
    pair.world.RunUntilIdle();
    const uint64_t lost = pair.world.fault_counts()[Fault::kRequestLoss];
    EXPECT_LE(lost, 1u);
    if (lost > 0 || pair.events.Count(EventKind::kRequestLost) == 0) continue;
    ++spared;
    EXPECT_EQ(pair.failed, 0);
  }
  EXPECT_GT(spared, 0);
}

TEST(OutageTest, AClogPutsPacketsOffAndLosesNone) {
  Pair pair({}, 1, VirtualTime::Milliseconds(200));
  pair.world.RunUntil(VirtualTime::Milliseconds(5));
  pair.world.Clog(pair.client.id(), pair.server.id(), Milliseconds(50));
  pair.world.RunUntil(VirtualTime::Milliseconds(54));
  EXPECT_EQ(pair.answered, 1);
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.failed, 0);
  EXPECT_EQ(pair.world.fault_counts()[Fault::kRequestLoss], 0u);
}

TEST(OutageTest, ClogsAreDrawn) {
  FaultMix faults;
  faults.network.clog = OneTickInTen();
  Pair pair(faults);
  EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_GT(pair.events.Count(EventKind::kLinkClogged), 50);
  EXPECT_GT(pair.answered, 500);
}

TEST(OutageTest, ASlowNodeAnswersLater) {
  Pair pair({}, 1, VirtualTime::Milliseconds(50));
  pair.world.SlowDown(pair.server.id(), Milliseconds(60));
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.answered, 1);
  EXPECT_GT(pair.world.now(), VirtualTime::Milliseconds(60));
}

TEST(OutageTest, SecondCopiesToASlowNodeAreSlowToo) {
  FaultMix faults;
  faults.network.request.duplicate = {1, 1};
  Pair pair(faults, 1, VirtualTime::Milliseconds(1));
  pair.world.SlowDown(pair.server.id(), Milliseconds(60));
  pair.world.RunUntil(VirtualTime::Milliseconds(59));
  EXPECT_EQ(pair.world.counters().handled, 0u);
  pair.world.RunUntilIdle();
  EXPECT_EQ(pair.world.counters().handled, 2u);
}

TEST(OutageTest, FlippedBitsAreCaughtOrDelivered) {
  FaultMix faults;
  faults.network.request.corruption = {1, 10};
  Pair caught(faults, 1, VirtualTime::Seconds(20));
  caught.world.RunUntilIdle();
  EXPECT_EQ(caught.garbled, 0);
  EXPECT_GT(caught.failed, 50);
  EXPECT_EQ(caught.world.fault_counts()[Fault::kCorruption],
            static_cast<uint64_t>(caught.failed));
  faults.network.corruption = Corruption::kDelivered;
  Pair delivered(faults, 1, VirtualTime::Seconds(20));
  delivered.world.RunUntilIdle();
  EXPECT_EQ(delivered.failed, 0);
  EXPECT_EQ(delivered.world.fault_counts()[Fault::kCorruption],
            static_cast<uint64_t>(delivered.garbled));
  EXPECT_GT(delivered.garbled, 50);
}

TEST(OutageTest, AFullLinkDropsWhatIsTooMuch) {
  FaultMix faults;
  faults.network.packets_max = 2;
  World world({.seed = Seed(1), .faults = faults});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  int answered = 0;
  for (int i = 0; i < 5; ++i) {
    client.Spawn([&](Env& env) {
      const CallOptions options{.deadline = Milliseconds(10)};
      answered += env.network().Call(server.id(), "echo", "x", options).ok();
    });
  }
  world.RunUntilIdle();
  EXPECT_EQ(answered, 2);
  EXPECT_EQ(world.fault_counts()[Fault::kOverflow], 3u);
}

TEST(OutageTest, APacketTakesTheLastPlaceOfALinkBeforeItsCopies) {
  FaultMix faults;
  faults.network.packets_max = 1;
  faults.network.request.duplicate = {1, 1};
  faults.network.reply.duplicate = {1, 1};
  Pair pair(faults, 1, VirtualTime::Seconds(1));
  pair.world.RunUntilIdle();
  EXPECT_GT(pair.answered, 0);
  EXPECT_EQ(pair.failed, 0);
  EXPECT_EQ(pair.world.fault_counts()[Fault::kDuplicate], 0u);
  EXPECT_EQ(pair.events.Count(EventKind::kRequestLost), 0);
}

TEST(OutageTest, BandwidthMakesLargeMessagesTakeLonger) {
  FaultMix faults;
  faults.network.bytes_per_second = 1'000'000;
  World world({.seed = Seed(1), .faults = faults});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("take", [](NodeId, Bytes) { return Bytes(); });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([&](Env& env) {
    env.network().Call(server.id(), "take", Bytes(500'000, 'x')).IgnoreError();
  });
  world.RunUntilIdle();
  EXPECT_EQ(world.now(), VirtualTime::Milliseconds(500) + Microseconds(100));
}

TEST(OutageTest, DuplicatesMayBeDuplicatedAgain) {
  FaultMix faults;
  faults.network.request.duplicate = {1, 2};
  faults.network.duplicates_repeat = true;
  Pair pair(faults);
  pair.world.RunUntilIdle();
  const auto calls = static_cast<double>(pair.world.counters().calls);
  // 1/2 + 1/4 + ... = 1 copy each; the variance of their number is 2.
  EXPECT_NEAR(pair.world.fault_counts()[Fault::kDuplicate], calls,
              5 * std::sqrt(2 * calls));
}

TEST(OutageTest, ClocksDriftApartAndJump) {
  FaultMix faults;
  faults.clocks = {.skew_max = Seconds(1),
                   .drift_ppm_max = 1000,
                   .jump = {1, 100},
                   .jump_max = Seconds(1)};
  Pair pair(faults);
  pair.world.RunUntilIdle();
  EXPECT_NE(pair.server.env().clock().Now(), pair.client.env().clock().Now());
  EXPECT_NE(pair.server.env().clock().WallTime(),
            pair.client.env().clock().WallTime());
  EXPECT_GT(pair.events.Count(EventKind::kClockJumped), 5);
}

TEST(OutageTest, EndingFaultsHealsEverythingForGood) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    FaultMix faults = fault::Harsh();
    faults.nodes.crash = {.start = {1, 10}, .mean = Seconds(100)};
    faults.nodes.pause = faults.nodes.crash;
    faults.network.clog = faults.nodes.crash;
    faults.partitions.outage = faults.nodes.crash;
    faults.partitions.parts_clients = true;
    Pair pair(faults, seed);
    pair.world.RunUntil(VirtualTime::Seconds(5));
    pair.world.EndFaults();
    const int failed = pair.failed;
    EXPECT_EQ(pair.world.RunUntilIdle().end, RunEnd::kIdle);
    EXPECT_LE(pair.failed, failed + 1);
    EXPECT_GT(pair.answered, 100);
  }
}

TEST(OutageTest, AnEmptyScheduleIsCalm) {
  const Schedule calm;
  Pair pair(fault::Swarm{Seed(3)}, 3, VirtualTime::Seconds(2), &calm);
  pair.world.RunUntilIdle();
  EXPECT_TRUE(pair.world.decisions().recorded().empty());
  EXPECT_EQ(pair.failed, 0);
}

TEST(OutageTest, AFollowedScheduleRepeatsEachPresetExactly) {
  for (const Preset& preset : Presets()) {
    for (uint64_t seed = 0; seed < 5; ++seed) {
      const FaultMix faults = preset.faults(Seed(seed));
      ASSERT_TRUE(Validate(faults).ok()) << preset.name;
      const VirtualTime end = VirtualTime::Seconds(2);
      Pair drawn(faults, seed, end);
      drawn.world.RunUntilIdle();
      const Schedule& schedule = drawn.world.decisions().recorded();
      Pair followed(faults, seed, end, &schedule);
      followed.world.RunUntilIdle();
      EXPECT_EQ(drawn.world.trace().digest(), followed.world.trace().digest())
          << preset.name << " " << seed;
      EXPECT_TRUE(followed.world.decisions().Unused().empty());
    }
  }
}

TEST(OutageTest, TheLongestDurationsOfAScheduleAreSurvived) {
  FaultMix faults;
  const OutageOptions on = {.start = {1, 100}};
  faults.network.loss_notice = LossNotice::kAtOnce;
  faults.network.clog = on;
  faults.partitions.outage = on;
  faults.nodes = {.crash = on, .pause = on, .slow = on};
  const std::pair<const char*, const char*> longest[] = {
      {"client->server", "request-delay"},
      {"server->client", "reply-delay"},
      {"client->server", "clog"},
      {"world", "partition"},
      {"server", "crash"},
      {"server", "pause"},
      {"server", "slow"},
      {"script", "cut"},
      {"script", "crash"},
      {"script", "clog"}};
  for (const auto& [entity, purpose] : longest) {
    const Schedule schedule = {{entity, purpose, 0, INT64_MAX},
                               {entity, purpose, 7, INT64_MAX}};
    Pair pair(faults, 1, VirtualTime::Seconds(10), &schedule);
    const NodeId server = pair.server.id();
    const Span soon = {VirtualTime::Seconds(1), Seconds(1)};
    pair.world.script().Cut(soon, pair.client.id(), server);
    pair.world.script().Clog(soon, pair.client.id(), server);
    pair.world.script().Crash(soon, server);
    EXPECT_NE(pair.world.RunUntil(VirtualTime::Seconds(20)).end,
              RunEnd::kOutOfBudget)
        << purpose;
    EXPECT_LT(pair.world.decisions().Unused().size(), 2u) << purpose;
  }
}

}  // namespace
}  // namespace reprise
