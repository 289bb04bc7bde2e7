#include "reprise/sim/world/partition.h"

#include <gtest/gtest.h>

#include <vector>

namespace reprise {
namespace {

std::vector<NodeId> Nodes(uint32_t count) {
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < count; ++i) nodes.push_back(NodeId(i));
  return nodes;
}

// How many of `count` nodes `node` can send to, itself included.
int Reach(const Partition& partition, uint32_t node, uint32_t count) {
  int reach = 0;
  for (uint32_t to = 0; to < count; ++to) {
    reach += partition.IsCut(NodeId(node), NodeId(to)) ? 0 : 1;
  }
  return reach;
}

TEST(PartitionTest, SplitsTwoSidesAndLeavesOthersAlone) {
  const Partition partition =
      Partition::Split({NodeId(0)}, {NodeId(1), NodeId(2)});
  EXPECT_TRUE(partition.IsCut(NodeId(0), NodeId(1)));
  EXPECT_TRUE(partition.IsCut(NodeId(2), NodeId(0)));
  EXPECT_FALSE(partition.IsCut(NodeId(1), NodeId(2)));
  EXPECT_FALSE(partition.IsCut(NodeId(0), NodeId(3)));
  EXPECT_FALSE(partition.IsCut(NodeId(100), NodeId(0)));
}

TEST(PartitionTest, OneWayStopsOneDirection) {
  const Partition partition =
      Partition::Split({NodeId(0)}, {NodeId(1)}, Direction::kOneWay);
  EXPECT_TRUE(partition.IsCut(NodeId(0), NodeId(1)));
  EXPECT_FALSE(partition.IsCut(NodeId(1), NodeId(0)));
}

TEST(PartitionTest, HalvesAreHalves) {
  for (uint64_t key = 0; key < 50; ++key) {
    RandomStream random(key);
    const Partition partition =
        Partition::Halves(Nodes(6), random, Direction::kBothWays);
    for (uint32_t node = 0; node < 6; ++node) {
      EXPECT_EQ(Reach(partition, node, 6), 3);
    }
  }
}

TEST(PartitionTest, IsolatesEachNodeSometimes) {
  std::vector<int> isolated(5);
  for (uint64_t key = 0; key < 500; ++key) {
    RandomStream random(key);
    const Partition partition =
        Partition::IsolateOne(Nodes(5), random, Direction::kBothWays);
    for (uint32_t node = 0; node < 5; ++node) {
      isolated[node] += Reach(partition, node, 5) == 1 ? 1 : 0;
    }
  }
  // 100 each; five standard deviations are 45.
  for (const int count : isolated) EXPECT_NEAR(count, 100, 45);
}

TEST(PartitionTest, ABridgeSeesBothHalvesAndTheyDoNotSeeEachOther) {
  RandomStream random(1);
  const Partition partition = Partition::Bridge(Nodes(5), random);
  int bridges = 0;
  for (uint32_t node = 0; node < 5; ++node) {
    const int reach = Reach(partition, node, 5);
    bridges += reach == 5 ? 1 : 0;
    EXPECT_TRUE(reach == 5 || reach == 3) << reach;
  }
  EXPECT_EQ(bridges, 1);
}

TEST(PartitionTest, InARingEachSeesAMajorityAndNoTwoTheSame) {
  for (const uint32_t count : {3u, 5u, 7u}) {
    RandomStream random(count);
    const Partition partition =
        Partition::RingOfMajorities(Nodes(count), random);
    for (uint32_t node = 0; node < count; ++node) {
      EXPECT_GT(2 * Reach(partition, node, count), static_cast<int>(count));
    }
    EXPECT_EQ(partition.CutPairs().empty(), count == 3);
  }
}

TEST(PartitionTest, RandomGroupsDoNotSeeEachOther) {
  RandomStream random(3);
  const Partition partition = Partition::RandomGroups(Nodes(8), random);
  for (uint32_t a = 0; a < 8; ++a) {
    for (uint32_t b = 0; b < 8; ++b) {
      EXPECT_EQ(partition.IsCut(NodeId(a), NodeId(b)),
                partition.IsCut(NodeId(b), NodeId(a)));
    }
  }
}

}  // namespace
}  // namespace reprise
