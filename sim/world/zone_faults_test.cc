// Faults that strike several nodes at once, or one again: zones that crash,
// pause and are cut off, crashes together and crashes during recovery.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/testing/servers.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

const std::vector<std::string> kZones = {"a", "a", "b", "b", "c", ""};

constexpr int64_t kTicks = 1000;  // Of Servers.
constexpr uint64_t kSeeds = 20;

// Shorter than a tick.
OutageOptions ShortOutage(Probability start) {
  return {.start = start, .minimum = Milliseconds(5)};
}

using Instants = std::map<VirtualTime, std::set<uint32_t>>;

// Who was struck when by events of `kind`.
Instants InstantsOf(const Servers& servers, EventKind kind) {
  Instants instants;
  for (const auto& kept : servers.watcher.Of(kind)) {
    instants[kept.event.time].insert(kept.event.node.value());
  }
  return instants;
}

TEST(ZoneFaultsTest, TheNodesOfAZoneCrashAndRestartTogether) {
  FaultMix faults;
  faults.nodes.zone_crash = ShortOutage({1, 40});
  int64_t drawn = 0;
  int64_t ended = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, kZones, seed);
    EXPECT_EQ(servers.world.RunUntilIdle().end, RunEnd::kIdle);
    drawn +=
        static_cast<int64_t>(servers.world.fault_counts()[Fault::kZoneCrash]);
    for (EventKind kind : {EventKind::kNodeStopped, EventKind::kNodeBooted}) {
      for (const auto& [time, nodes] : InstantsOf(servers, kind)) {
        EXPECT_EQ(nodes.contains(0), nodes.contains(1));
        EXPECT_EQ(nodes.contains(2), nodes.contains(3));
        const bool is_stop = kind == EventKind::kNodeStopped;
        EXPECT_FALSE(is_stop && nodes.contains(5));
      }
    }
    ended += static_cast<int64_t>(servers.world.fault_counts()[Fault::kCrash]);
    for (const Node* node : servers.nodes) EXPECT_TRUE(node->IsUp());
  }
  // Nothing is drawn in the tick in which a crash ends.
  EXPECT_TRUE(IsAsFrequent(drawn, kSeeds * kTicks * 3 - drawn, {1, 40}));
  EXPECT_GT(ended, drawn * 3 / 2);
}

TEST(ZoneFaultsTest, TheNodesOfAZonePauseAndGoOnTogether) {
  FaultMix faults;
  faults.nodes.zone_pause = ShortOutage({1, 40});
  int64_t drawn = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, kZones, seed);
    EXPECT_EQ(servers.world.RunUntilIdle().end, RunEnd::kIdle);
    drawn +=
        static_cast<int64_t>(servers.world.fault_counts()[Fault::kZonePause]);
    for (EventKind kind : {EventKind::kNodePaused, EventKind::kNodeResumed}) {
      const Instants instants = InstantsOf(servers, kind);
      EXPECT_FALSE(instants.empty());
      for (const auto& [time, nodes] : instants) {
        EXPECT_EQ(nodes.contains(0), nodes.contains(1));
        EXPECT_EQ(nodes.contains(2), nodes.contains(3));
        EXPECT_FALSE(nodes.contains(5));
      }
    }
  }
  EXPECT_TRUE(IsAsFrequent(drawn, kSeeds * kTicks * 3 - drawn, {1, 40}));
}

// With all that is drawn of nodes: who is down, paused or rests is spared.
TEST(ZoneFaultsTest, MixWithTheOutagesOfNodes) {
  FaultMix faults;
  faults.nodes.crash = {
      .start = {1, 50}, .mean = Milliseconds(100), .rest = Milliseconds(50)};
  faults.nodes.pause = {.start = {1, 50}, .mean = Milliseconds(100)};
  faults.nodes.zone_crash = {.start = {1, 50}, .mean = Milliseconds(100)};
  faults.nodes.zone_pause = {.start = {1, 50}, .mean = Milliseconds(100)};
  faults.nodes.crash_together = {1, 4};
  faults.nodes.crash_again = {1, 4};
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, kZones, seed);
    EXPECT_EQ(servers.world.RunUntilIdle().end, RunEnd::kIdle);
    for (const Node* node : servers.nodes) {
      EXPECT_TRUE(node->IsUp());
      EXPECT_FALSE(node->IsPaused());
    }
  }
}

TEST(ZoneFaultsTest, WhatWasRecordedAloneGivesTheSameRun) {
  FaultMix faults;
  faults.nodes.crash = {.start = {1, 200}, .mean = Milliseconds(30)};
  faults.nodes.zone_crash = {.start = {1, 200}, .mean = Milliseconds(30)};
  faults.nodes.zone_pause = {.start = {1, 200}, .mean = Milliseconds(30)};
  faults.nodes.crash_together = {1, 2};
  faults.nodes.crash_again = {1, 2};
  faults.partitions.outage = {.start = {1, 50}, .mean = Milliseconds(30)};
  Servers first(faults, kZones, 7);
  first.world.RunUntilIdle();
  const Edits edits = {.base = Base::kCalm,
                       .schedule = first.world.decisions().recorded()};
  Servers again(faults, kZones, 8, &edits);
  again.world.RunUntilIdle();
  EXPECT_EQ(again.world.decisions().recorded(), edits.schedule);
  EXPECT_EQ(InstantsOf(again, EventKind::kNodeStopped),
            InstantsOf(first, EventKind::kNodeStopped));
}

TEST(ZoneFaultsTest, OneDecisionIsTheCrashOfAZone) {
  FaultMix faults;
  faults.nodes.zone_crash = {.start = {1, 50}, .mean = Milliseconds(30)};
  const auto value = static_cast<uint64_t>(Milliseconds(95).nanoseconds());
  const Edits edits = {.base = Base::kCalm,
                       .schedule = {{.entity = "b",
                                     .purpose = "zone-crash",
                                     .index = 3,
                                     .value = value}}};
  Servers servers(faults, kZones, 1, &edits);
  servers.world.RunUntilIdle();
  EXPECT_EQ(InstantsOf(servers, EventKind::kNodeStopped),
            (Instants{{VirtualTime::Milliseconds(30), {2, 3}}}));
  const auto zones = servers.watcher.Of(EventKind::kZoneCrashed);
  ASSERT_EQ(zones.size(), 1u);
  EXPECT_EQ(zones[0].content, "b");
}

// Where the script holds a node, chance leaves it alone.
TEST(ZoneFaultsTest, LeaveScriptedNodesAlone) {
  FaultMix faults;
  faults.nodes.zone_crash = ShortOutage({1, 2});
  faults.nodes.zone_pause = ShortOutage({1, 2});
  Servers servers(faults, {"a", "a"}, 1);
  servers.world.script().Pause({VirtualTime(), Seconds(9)},
                               servers.nodes[0]->id());
  servers.world.RunUntil(VirtualTime::Seconds(8));
  for (const auto& [time, nodes] :
       InstantsOf(servers, EventKind::kNodeStopped)) {
    EXPECT_EQ(nodes, std::set<uint32_t>{1});
  }
}

TEST(ZoneFaultsTest, EndWithTheFaults) {
  FaultMix faults;
  faults.nodes.zone_crash = {.start = {1, 1}, .minimum = Seconds(5)};
  Servers servers(faults, {"a", "a"}, 1);
  servers.world.RunUntil(VirtualTime::Seconds(1));
  EXPECT_FALSE(servers.nodes[0]->IsUp());
  servers.world.EndFaults();
  EXPECT_TRUE(servers.nodes[0]->IsUp());
  EXPECT_TRUE(servers.nodes[1]->IsUp());
}

TEST(ZoneFaultsTest, OthersCrashWithOneAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.crash = {.start = {1, 200}, .minimum = Milliseconds(5)};
  faults.nodes.crash_together = {1, 5};
  int64_t together = 0;
  int64_t alone = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, {"", "", "", ""}, seed);
    servers.world.RunUntilIdle();
    const FaultCounts& counts = servers.world.fault_counts();
    const auto with = static_cast<int64_t>(counts[Fault::kCrashTogether]);
    together += with;
    alone += static_cast<int64_t>(counts[Fault::kCrash]) - with;
  }
  // Now and then another one is down, or was asked at that tick.
  EXPECT_TRUE(IsAsFrequent(together, alone * 3, {1, 5}));
}

TEST(ZoneFaultsTest, ANodeThatRecoversCrashesAgainAsOftenAsAsked) {
  FaultMix faults;
  faults.nodes.crash = {
      .start = {1, 100}, .minimum = Milliseconds(5), .rest = Milliseconds(500)};
  faults.nodes.crash_again = {1, 3};
  faults.nodes.crash_again_within = Milliseconds(7);
  int64_t again = 0;
  int64_t restarts = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Servers servers(faults, {"", ""}, seed);
    servers.world.RunUntilIdle();
    again +=
        static_cast<int64_t>(servers.world.fault_counts()[Fault::kCrashAgain]);
    const auto boots = servers.watcher.Of(EventKind::kNodeBooted);
    restarts += std::ssize(boots) - 2;  // They begin once, too.
    int64_t soon = 0;
    for (const auto& stop : servers.watcher.Of(EventKind::kNodeStopped)) {
      soon += std::any_of(boots.begin(), boots.end(), [&](const auto& boot) {
        const Duration up = stop.event.time - boot.event.time;
        return boot.event.id > 0 && boot.event.node == stop.event.node &&
               Duration() < up && up <= Milliseconds(7);
      });
    }
    EXPECT_EQ(static_cast<uint64_t>(soon),
              servers.world.fault_counts()[Fault::kCrashAgain]);
  }
  EXPECT_TRUE(IsAsFrequent(again, restarts, {1, 3}));
}

std::vector<NodeId> Nodes(uint32_t count) {
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < count; ++i) nodes.push_back(NodeId(i));
  return nodes;
}

TEST(ZoneFaultsTest, PartitionsCutWholeZonesOff) {
  std::set<size_t> cuts;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    RandomStream random(seed);
    const Partition partition = Partition::Zones(
        Nodes(6), {"a", "a", "b", "b", "c", ""}, random, Direction::kBothWays);
    for (uint32_t other = 0; other < 6; ++other) {
      for (const auto& [x, y] : {std::pair(0u, 1u), std::pair(2u, 3u)}) {
        EXPECT_FALSE(partition.IsCut(NodeId(x), NodeId(y)));
        EXPECT_EQ(partition.IsCut(NodeId(x), NodeId(other)),
                  partition.IsCut(NodeId(y), NodeId(other)));
      }
    }
    const size_t pairs = partition.CutPairs().size();
    EXPECT_GT(pairs, 0u);
    cuts.insert(pairs);
  }
  // One node, two, or three against the others.
  EXPECT_EQ(cuts, (std::set<size_t>{10, 16, 18}));
}

TEST(ZoneFaultsTest, ZonesAreAShapeWhereThereAreTwo) {
  PartitionOptions zones_alone = {.halves = false,
                                  .isolate_one = false,
                                  .random_groups = false,
                                  .bridge = false,
                                  .ring_of_majorities = false};
  RandomStream random(1);
  const auto cuts = [&](const std::vector<std::string_view>& zones) {
    return DrawPartition(zones_alone, Nodes(3), random, zones).CutPairs();
  };
  EXPECT_EQ(cuts({"a", "a", "b"}).size(), 4u);
  EXPECT_TRUE(cuts({"a", "a", "a"}).empty());
  EXPECT_TRUE(cuts({}).empty());
}

TEST(ZoneFaultsDeathTest, RefusesZonesAloneWhereThereIsOnlyOne) {
  FaultMix faults;
  faults.partitions = {.outage = ShortOutage({1, 10}),
                       .halves = false,
                       .isolate_one = false,
                       .random_groups = false,
                       .bridge = false,
                       .ring_of_majorities = false};
  Servers servers(faults, {"a", "a", ""}, 1);
  EXPECT_EXIT(servers.world.RunUntilIdle(), testing::ExitedWithCode(2),
              "partitions.zones is the only shape in a world of 1 zones");
}

// The planted bug: both copies of what is kept in memory are in one zone.
TEST(ZoneFaultsTest, CopiesInOneZoneAreLostOnlyWhereZonesCrash) {
  const auto lost = [](const NodeFaultOptions& nodes, uint32_t copy,
                       uint64_t seed) {
    // A crash that ends at once leaves nothing of both where it struck both.
    FaultMix faults;
    faults.nodes = nodes;
    Servers servers(faults, {"a", "a", "b"}, seed);
    servers.world.RunUntilIdle();
    const Instants stops = InstantsOf(servers, EventKind::kNodeStopped);
    return std::any_of(stops.begin(), stops.end(), [&](const auto& stop) {
      return stop.second.contains(0) && stop.second.contains(copy);
    });
  };
  NodeFaultOptions alone;
  alone.crash = {.start = {1, 2000}, .minimum = Milliseconds(1)};
  NodeFaultOptions zones;
  zones.zone_crash = alone.crash;
  NodeFaultOptions together = alone;
  together.crash_together = {1, 4};
  int lost_by_zone = 0;
  int lost_together = 0;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_FALSE(lost(alone, 1, seed));
    EXPECT_FALSE(lost(zones, 2, seed));
    lost_by_zone += lost(zones, 1, seed) ? 1 : 0;
    lost_together += lost(together, 1, seed) ? 1 : 0;
  }
  EXPECT_GT(lost_by_zone, 10);
  EXPECT_GT(lost_together, 2);
}

// The planted bug: recovery adds what the journal says to the total, and
// forgets the journal in a second step.
TEST(ZoneFaultsTest, ARecoveryInTwoStepsFailsOnlyWhereItIsCutShort) {
  const auto total = [](Probability crash_again, uint64_t seed) {
    FaultMix faults;
    faults.nodes.crash = {
        .start = {1, 50}, .minimum = Milliseconds(5), .rest = Seconds(1)};
    faults.nodes.crash_again = crash_again;
    faults.nodes.crash_again_within = Milliseconds(5);
    World world({.seed = Seed(seed), .faults = faults});
    int disk_total = 0;
    int disk_journal = 1;
    world.AddNode("node").OnBoot([&](Env& env) {
      env.clock().SleepFor(Milliseconds(2));
      disk_total += disk_journal;
      env.clock().SleepFor(Milliseconds(2));
      disk_journal = 0;
      env.clock().SleepUntil(VirtualTime::Seconds(5));
    });
    world.RunUntil(VirtualTime::Milliseconds(9));  // Before the first tick.
    disk_journal = 1;
    world.RunUntilIdle();
    return disk_total;
  };
  int failures = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_LE(total({}, seed), 2);
    failures += total({1, 2}, seed) > 2 ? 1 : 0;
  }
  EXPECT_GT(failures, 5);
}

}  // namespace
}  // namespace reprise
