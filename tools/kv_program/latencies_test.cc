#include "tools/kv_program/latencies.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv {
namespace {

TEST(LatenciesTest, TellsWhatAShareTookAtMost) {
  Latencies latencies;
  for (const int i : {3, 1, 4, 2, 10, 9, 5, 8, 7, 6}) {
    latencies.Add(Milliseconds(i));
  }
  EXPECT_EQ(latencies.count(), 10u);
  EXPECT_EQ(latencies.AtMost(0.5), Milliseconds(5));
  EXPECT_EQ(latencies.AtMost(0.91), Milliseconds(10));
  EXPECT_EQ(latencies.AtMost(0.9), Milliseconds(9));
  EXPECT_EQ(latencies.AtMost(0), Milliseconds(1));
  EXPECT_EQ(latencies.AtMost(1), Milliseconds(10));
  EXPECT_EQ(latencies.Mean(), Microseconds(5500));
}

TEST(LatenciesTest, OfNoneIsZero) {
  Latencies latencies;
  EXPECT_EQ(latencies.AtMost(0.5), Duration());
  EXPECT_EQ(latencies.Mean(), Duration());
}

}  // namespace
}  // namespace reprise::kv
