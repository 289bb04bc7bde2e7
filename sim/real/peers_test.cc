#include "reprise/sim/real/peers.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"

namespace reprise {
namespace {

std::vector<RealMember> TwoServers() {
  return {{"server-0", {"127.0.0.1", 7000}}, {"server-1", {"127.0.0.1", 7001}}};
}

TEST(PeersTest, AMemberHasItsPlaceAsItsNumber) {
  Peers peers(TwoServers(), "server-1");
  EXPECT_EQ(peers.self(), NodeId(1));
  EXPECT_EQ(peers.Find("server-0"), NodeId(0));
  EXPECT_EQ(peers.At(NodeId(0))->address->port, 7000);
  EXPECT_EQ(peers.At(NodeId(2)), nullptr);
}

TEST(PeersTest, OthersHaveTheNumbersBehind) {
  Peers peers(TwoServers(), "clerk-0");
  EXPECT_EQ(peers.self(), NodeId(2));
  EXPECT_EQ(peers.Meet("clerk-1").id, NodeId(3));
  EXPECT_EQ(peers.Meet("clerk-1").id, NodeId(3));
  EXPECT_FALSE(peers.Find("clerk-2").has_value());
}

TEST(PeersTest, ForgetsNoMember) {
  Peers peers(TwoServers(), "clerk-0");
  peers.Meet("clerk-1");
  for (uint32_t id = 0; id < 4; ++id) peers.Forget(NodeId(id));
  EXPECT_EQ(peers.size(), 3u);
  EXPECT_EQ(peers.Meet("clerk-1").id, NodeId(4)) << "a number names one node";
}

}  // namespace
}  // namespace reprise
