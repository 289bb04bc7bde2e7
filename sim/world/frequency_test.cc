// Each kind of fault that is drawn: how often it strikes and what it does, over
// many seeds, against its parameter. What is counted may be off by five
// standard deviations.

#include "reprise/sim/world/testing/frequency.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr uint64_t kSeeds = 50;
constexpr int64_t kTicks = 1000;  // In the ten seconds of a Pair.

// Shorter than a tick: at the next one it is over.
OutageOptions ShortOutage(Probability start) {
  return {.start = start, .minimum = Milliseconds(5)};
}

// How often `fault` struck `kSeeds` pairs with these faults.
uint64_t CountStrikes(const FaultMix& faults, Fault fault) {
  uint64_t sum = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Pair pair(faults, seed);
    pair.world.RunUntilIdle();
    sum += pair.world.fault_counts()[fault];
  }
  return sum;
}

// Outages of one source: nothing is drawn in the tick in which one ends.
void ExpectStarts(uint64_t outages, Probability start) {
  const auto seen = static_cast<int64_t>(outages);
  const int64_t ticks = kSeeds * kTicks - seen;
  EXPECT_TRUE(IsAsFrequent(seen, ticks, start));
}

TEST(FrequencyTest, CrashesBeginAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.crash = ShortOutage({1, 25});
  ExpectStarts(CountStrikes(faults, Fault::kCrash), {1, 25});
}

TEST(FrequencyTest, CrashesStrikeAfterPacketsAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.crash.minimum = Milliseconds(1);
  faults.nodes.crash_after_send = {1, 25};
  int64_t crashes = 0;
  int64_t sent = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Pair pair(faults, seed);  // Its client has no program.
    pair.world.RunUntilIdle();
    crashes += static_cast<int64_t>(pair.world.fault_counts()[Fault::kCrash]);
    sent += pair.events.Count(EventKind::kReplySent);
  }
  EXPECT_TRUE(IsAsFrequent(crashes, sent, {1, 25}));
}

TEST(FrequencyTest, PausesBeginAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.pause = ShortOutage({1, 40});
  ExpectStarts(CountStrikes(faults, Fault::kPause), {1, 40});
}

TEST(FrequencyTest, SlowNodesBeginAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.slow = ShortOutage({1, 50});
  ExpectStarts(CountStrikes(faults, Fault::kSlow), {1, 50});
}

TEST(FrequencyTest, PartitionsBeginAsOftenAsAsked) {
  FaultMix faults;
  faults.partitions.outage = ShortOutage({1, 20});
  ExpectStarts(CountStrikes(faults, Fault::kPartition), {1, 20});
}

TEST(FrequencyTest, ClogsBeginAsOftenAsAskedOnEachLink) {
  FaultMix faults;
  faults.network.clog = ShortOutage({1, 30});
  const auto clogs = static_cast<int64_t>(CountStrikes(faults, Fault::kClog));
  EXPECT_TRUE(IsAsFrequent(clogs, kSeeds * kTicks * 2, {1, 30}));
}

TEST(FrequencyTest, ConnectionsBreakAsOftenAsAskedOnEachLink) {
  FaultMix faults;
  faults.network.reset = {1, 30};
  const auto resets = static_cast<int64_t>(CountStrikes(faults, Fault::kReset));
  EXPECT_TRUE(IsAsFrequent(resets, kSeeds * kTicks * 2, {1, 30}));
}

TEST(FrequencyTest, FlapsBeginAsOftenAsAskedOnEachLink) {
  FaultMix faults;
  faults.network.flap = ShortOutage({1, 30});
  faults.network.flap_down = Nanoseconds(1);  // Loses nothing.
  const auto flaps = static_cast<int64_t>(CountStrikes(faults, Fault::kFlap));
  EXPECT_TRUE(IsAsFrequent(flaps, kSeeds * kTicks * 2, {1, 30}));
}

TEST(FrequencyTest, MethodsAreSlowAsOftenAsAsked) {
  FaultMix faults;
  faults.network.slow_method = ShortOutage({1, 30});
  const auto slow =
      static_cast<int64_t>(CountStrikes(faults, Fault::kSlowMethod));
  EXPECT_TRUE(IsAsFrequent(slow, kSeeds * kTicks, {1, 30}));
}

TEST(FrequencyTest, LinksAreBadAndLoseAsOftenAsAsked) {
  FaultMix faults;
  faults.network.bad_link = {1, 4};
  faults.network.bad_link_loss = {1, 10};
  const auto bad = static_cast<int64_t>(CountStrikes(faults, Fault::kBadLink));
  EXPECT_TRUE(IsAsFrequent(bad, kSeeds * 2, {1, 4}));
  faults.network.bad_link = {1, 1};
  Pair pair(faults);
  pair.world.RunUntilIdle();
  const auto calls = static_cast<int64_t>(pair.world.counters().calls);
  EXPECT_TRUE(IsAsFrequent(pair.failed, calls, {19, 100}));
}

TEST(FrequencyTest, PacketsAreReorderedAsOftenAsAsked) {
  FaultMix faults;
  faults.network.reply.reorder = {1, 20};
  faults.network.reply.reorder_wait = {};
  const auto held = static_cast<int64_t>(CountStrikes(faults, Fault::kReorder));
  Pair pair({});
  pair.world.RunUntilIdle();
  EXPECT_TRUE(IsAsFrequent(held, kSeeds * pair.answered, {1, 20}));
}

TEST(FrequencyTest, ClocksJumpAsOftenAsAskedOnEachNode) {
  FaultMix faults;
  faults.clocks.jump = {1, 30};
  faults.clocks.jump_max = Seconds(1);
  const auto jumps =
      static_cast<int64_t>(CountStrikes(faults, Fault::kClockJump));
  EXPECT_TRUE(IsAsFrequent(jumps, kSeeds * kTicks * 2, {1, 30}));
}

TEST(FrequencyTest, OutagesLastAsLongAsAsked) {
  FaultMix faults;
  faults.nodes.pause = {
      .start = {1, 2}, .minimum = Milliseconds(20), .mean = Milliseconds(100)};
  int64_t count = 0;
  int64_t at_minimum = 0;
  double sum = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Pair pair(faults, seed);
    pair.world.RunUntilIdle();
    for (const Decision& decision : pair.world.decisions().recorded()) {
      const Duration length = Nanoseconds(static_cast<int64_t>(decision.value));
      ASSERT_EQ(decision.purpose, "pause");
      ASSERT_GE(length, Milliseconds(20));
      ++count;
      at_minimum += length == Milliseconds(20) ? 1 : 0;
      sum += static_cast<double>(length.nanoseconds()) / 1e6;
    }
  }
  ASSERT_GT(count, 2000);
  // Of Exp(100) cut at 20: mean 20 + 100 e^-0.2, standard deviation below 100;
  // 1 - e^-0.2 of the samples are cut.
  EXPECT_NEAR(sum / count, 101.87, 5 * 100 / std::sqrt(count));
  EXPECT_TRUE(IsAsFrequent(at_minimum, count, {181'269, 1'000'000}));
}

TEST(FrequencyTest, OutagesRestBetween) {
  FaultMix faults;
  faults.nodes.pause = {
      .start = {1, 1}, .minimum = Milliseconds(30), .rest = Milliseconds(200)};
  Pair pair(faults);
  pair.world.RunUntilIdle();
  // 30 ms on, 200 ms and the tick of its end and of its begin off.
  EXPECT_NEAR(pair.world.fault_counts()[Fault::kPause], 10'000 / 230, 3);
}

TEST(FrequencyTest, FlippedBitsAreAsFrequentAsAsked) {
  FaultMix faults;
  faults.network.request.corruption = {1, 20};
  int64_t corrupted = 0;
  int64_t requests = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Pair pair(faults, seed);
    pair.world.RunUntilIdle();
    corrupted +=
        static_cast<int64_t>(pair.world.fault_counts()[Fault::kCorruption]);
    requests += static_cast<int64_t>(pair.world.counters().calls);
  }
  EXPECT_TRUE(IsAsFrequent(corrupted, requests, {1, 20}));
}

TEST(FrequencyTest, LatePacketsAreAsFrequentAsAsked) {
  FaultMix faults;
  faults.network.reply.delay.late = {1, 25};
  faults.network.reply.delay.late_minimum = Milliseconds(200);
  faults.network.reply.delay.late_maximum = Milliseconds(400);
  int64_t late = 0;
  int64_t calls = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Pair pair(faults, seed);
    pair.world.RunUntilIdle();
    // Each is later than the client's deadline.
    EXPECT_EQ(pair.world.fault_counts()[Fault::kLate],
              static_cast<uint64_t>(pair.failed));
    late += static_cast<int64_t>(pair.world.fault_counts()[Fault::kLate]);
    calls += static_cast<int64_t>(pair.world.counters().calls);
  }
  EXPECT_TRUE(IsAsFrequent(late, calls, {1, 25}));
}

TEST(FrequencyTest, OneLinkMayDifferFromTheOthers) {
  FaultMix faults;
  faults.network.links = {{.from = "client", .to = "server"}};
  faults.network.links[0].request.loss = {1, 10};
  Pair towards(faults);
  towards.world.RunUntilIdle();
  const auto calls = static_cast<int64_t>(towards.world.counters().calls);
  EXPECT_TRUE(IsAsFrequent(towards.failed, calls, {1, 10}));
  // No request travels in the other direction.
  faults.network.links[0].from = "server";
  faults.network.links[0].to = "";
  Pair back(faults);
  back.world.RunUntilIdle();
  EXPECT_EQ(back.failed, 0);
}

// How many cut pairs each shape of six nodes has.
TEST(FrequencyTest, ShapesOfPartitionsAreEquallyLikely) {
  PartitionOptions options;
  options.random_groups = false;  // May look like any other.
  options.one_way = {1, 4};
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < 6; ++i) nodes.push_back(NodeId(i));
  std::map<size_t, int64_t> counts;
  constexpr int64_t kDrawn = 10'000;
  for (int64_t i = 0; i < kDrawn; ++i) {
    RandomStream random(StreamKey(Seed(i), "world", "shape"));
    ++counts[DrawPartition(options, nodes, random).CutPairs().size()];
  }
  const std::map<size_t, Probability> expected = {
      {18, {3, 16}}, {9, {1, 16}},   // Halves: both ways, one way.
      {10, {3, 16}}, {5, {1, 16}},   // One alone.
      {12, {4, 16}}, {6, {4, 16}}};  // Bridge, ring.
  ASSERT_EQ(counts.size(), expected.size());
  for (const auto& [pairs, probability] : expected) {
    EXPECT_TRUE(IsAsFrequent(counts[pairs], kDrawn, probability));
  }
}

TEST(FrequencyTest, RandomGroupsPartSomebodyEachTime) {
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    RandomStream random(seed);
    const std::vector<NodeId> nodes = {NodeId(0), NodeId(1), NodeId(2)};
    EXPECT_FALSE(Partition::RandomGroups(nodes, random).CutPairs().empty());
  }
}

// Skew and drift are uniform: a quarter of all clocks in each quarter.
TEST(FrequencyTest, ClocksAreOffByUniformAmounts) {
  constexpr int64_t kClocks = 4000;
  FaultMix faults;
  faults.clocks.skew_max = Seconds(1);
  faults.clocks.drift_ppm_max = 1000;
  std::array<int64_t, 4> skews = {};
  std::array<int64_t, 4> drifts = {};
  for (int64_t seed = 0; seed < kClocks; ++seed) {
    World world({.seed = Seed(seed), .faults = faults});
    const NodeClock& clock = world.AddNode("node").clock();
    const Duration skew = clock.Wall(VirtualTime()) - NodeClock::kWallEpoch;
    const Duration drift = clock.Monotonic(VirtualTime::Seconds(1000)) -
                           VirtualTime::Seconds(1000);
    ASSERT_LE(std::abs(skew.nanoseconds()), Seconds(1).nanoseconds());
    ASSERT_LE(std::abs(drift.nanoseconds()), Seconds(1).nanoseconds());
    const auto quarter = [](Duration error) {
      return (error + Seconds(1)).nanoseconds() * 4 / 2'000'000'001;
    };
    ++skews[quarter(skew)];
    ++drifts[quarter(drift)];
  }
  for (const auto& counts : {skews, drifts}) {
    for (const int64_t count : counts) {
      EXPECT_TRUE(IsAsFrequent(count, kClocks, {1, 4}));
    }
  }
}

// Timers and deadlines follow the node's own clock.
TEST(FrequencyTest, ADriftingNodeWaitsByItsOwnClock) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("slow-clock");
  node.clock().SetDrift(-500'000);
  const NodeId nobody = world.AddNode("nobody").id();
  world.node(nobody).Crash();
  std::vector<VirtualTime> woken;
  node.Spawn([&](Env& env) {
    env.clock().SleepFor(Seconds(1));
    woken.push_back(world.now());
    const CallOptions options = {.deadline = Seconds(1)};
    env.network().Call(nobody, "x", "", options).IgnoreError();
    woken.push_back(world.now());
  });
  world.RunUntilIdle();
  EXPECT_EQ(woken, (std::vector<VirtualTime>{VirtualTime::Seconds(2),
                                             VirtualTime::Seconds(4)}));
}

// How often each of two nodes passed a site, and it fired.
struct Passages {
  bool is_active = false;
  int64_t fired = 0;
  Schedule recorded;
};

constexpr int kPassagesOfNode = 200;

Passages PassSite(const SiteOptions& sites, uint64_t seed,
                  const Schedule* schedule = nullptr) {
  World world({.seed = Seed(seed), .faults = {.sites = sites}});
  if (schedule != nullptr)
    world.Follow({.base = Base::kCalm, .schedule = *schedule});
  world.decisions().Record();
  Passages passages;
  for (const char* name : {"a", "b"}) {
    world.AddNode(name).Spawn([&passages](Env& env) {
      for (int i = 0; i < kPassagesOfNode; ++i) {
        passages.fired += FaultSite("test.here") ? 1 : 0;
        env.tasks().Yield();
      }
    });
  }
  world.RunUntilIdle();
  passages.is_active = passages.fired > 0;
  passages.recorded = world.decisions().recorded();
  EXPECT_EQ(world.fault_counts()[Fault::kFaultSite],
            static_cast<uint64_t>(passages.fired));
  return passages;
}

TEST(FrequencyTest, FaultSitesAreActiveAndFireAsOftenAsAsked) {
  const SiteOptions sites = {.active = {1, 4}, .fires = {1, 4}};
  constexpr int64_t kRuns = 2000;
  int64_t active = 0;
  int64_t fired = 0;
  for (int64_t seed = 0; seed < kRuns; ++seed) {
    const Passages passages = PassSite(sites, seed);
    active += passages.is_active ? 1 : 0;
    fired += passages.fired;
  }
  EXPECT_TRUE(IsAsFrequent(active, kRuns, {1, 4}));
  EXPECT_TRUE(IsAsFrequent(fired, active * 2 * kPassagesOfNode, {1, 4}));
}

TEST(FrequencyTest, FaultSitesAreOffUnlessAskedFor) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_EQ(PassSite({}, seed).fired, 0);
    EXPECT_EQ(PassSite({.active = {1, 1}}, seed).fired, 0);
  }
}

TEST(FrequencyTest, EachFiringOfASiteIsADecision) {
  const SiteOptions always = {.active = {1, 1}, .fires = {1, 10}};
  const Passages drawn = PassSite(always, 1);
  ASSERT_EQ(drawn.recorded.size(), static_cast<size_t>(drawn.fired));
  EXPECT_EQ(drawn.recorded[0].purpose, "site-test.here");
  const Schedule one = {drawn.recorded[1]};
  EXPECT_EQ(PassSite(always, 1, &one).recorded, one);
}

}  // namespace
}  // namespace reprise
