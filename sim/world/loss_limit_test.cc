#include "reprise/sim/world/loss_limit.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"

namespace reprise {
namespace {

// How many of `count` nodes may lose data, one after the other.
int Losses(uint32_t count) {
  LossLimit limit;
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < count; ++i) nodes.push_back(NodeId(i));
  limit.KeepMajority(nodes);
  int losses = 0;
  for (const NodeId node : nodes) {
    if (!limit.Allows(node)) continue;
    limit.NoteLoss(node);
    ++losses;
  }
  return losses;
}

TEST(LossLimitTest, AMinorityMayLoseData) {
  EXPECT_EQ(Losses(1), 0);
  EXPECT_EQ(Losses(2), 0);
  EXPECT_EQ(Losses(3), 1);
  EXPECT_EQ(Losses(4), 1);
  EXPECT_EQ(Losses(5), 2);
}

TEST(LossLimitTest, WhoHasLostDataMayLoseMore) {
  LossLimit limit;
  limit.KeepMajority({NodeId(0), NodeId(1), NodeId(2)});
  limit.NoteLoss(NodeId(1));
  EXPECT_TRUE(limit.Allows(NodeId(1)));
  EXPECT_FALSE(limit.Allows(NodeId(0)));
  EXPECT_TRUE(limit.HasLost(NodeId(1)));
  EXPECT_FALSE(limit.HasLost(NodeId(0)));
}

TEST(LossLimitTest, WhoIsInNoGroupMayLoseData) {
  LossLimit limit;
  EXPECT_TRUE(limit.Allows(NodeId(7)));
  limit.KeepMajority({NodeId(0)});
  EXPECT_TRUE(limit.Allows(NodeId(7)));
  EXPECT_FALSE(limit.Allows(NodeId(0)));
}

TEST(LossLimitTest, EachGroupKeepsItsMajority) {
  LossLimit limit;
  limit.KeepMajority({NodeId(0), NodeId(1), NodeId(2)});
  limit.KeepMajority({NodeId(2), NodeId(3), NodeId(4)});
  limit.NoteLoss(NodeId(0));
  EXPECT_FALSE(limit.Allows(NodeId(2)));
  EXPECT_TRUE(limit.Allows(NodeId(3)));
}

}  // namespace
}  // namespace reprise
