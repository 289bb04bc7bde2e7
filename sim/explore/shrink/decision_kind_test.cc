#include "reprise/sim/explore/shrink/decision_kind.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(DecisionKind, ToldApart) {
  EXPECT_TRUE(IsOfWorkload({"client 3", "operation-left-out", 7, 1}));
  EXPECT_TRUE(IsOfWorkload({"server", "node-left-out", 0, 1}));
  EXPECT_TRUE(IsDetail({"world", "partition-shape", 2, 9}));
  for (const char* fault : {"reply-loss", "request-delay", "clog"}) {
    EXPECT_FALSE(IsOfWorkload({"a->b", fault, 0, 1})) << fault;
    EXPECT_FALSE(IsDetail({"a->b", fault, 0, 1})) << fault;
  }
}

}  // namespace
}  // namespace reprise
