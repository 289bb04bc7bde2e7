#include "tests/real/loopback_hosts.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(LoopbackHostsTest, NobodyElseHasThem) {
  const LoopbackHosts first;
  const LoopbackHosts second;
  EXPECT_NE(first.host(0), second.host(0));
  EXPECT_NE(first.host(0), first.host(1));
  EXPECT_EQ(first.host(0).substr(0, 4), "127.");
}

}  // namespace
}  // namespace reprise
