#include "reprise/kv/describe_replicated.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv {
namespace {

TEST(DescribeReplicatedTest, SaysWhatClientsAskFor) {
  const Bytes put = EncodeRequest({.kind = RequestKind::kPut,
                                   .client = 4,
                                   .sequence = 9,
                                   .key = "k",
                                   .value = "v"});
  EXPECT_EQ(DescribeRequestOf(kStoreMethod, put),
            "Put(\"k\", \"v\") seq 9 session 4");
  EXPECT_EQ(DescribeRequestOf(kOpenMethod, ""), "open a session");
  EXPECT_EQ(DescribeRequestOf(
                kAdminMethod,
                EncodeAdminRequest(
                    {.kind = AdminKind::kChangeMembership,
                     .membership = {.voters = {NodeId(1), NodeId(2)}}})),
            "voters 1 2, learners");
}

TEST(DescribeReplicatedTest, SaysHowServersAnswer) {
  EXPECT_EQ(DescribeAnswerOf(kStoreMethod,
                             EncodeAnswer({.outcome = Outcome::kNotLeader,
                                           .leader = NodeId(2)})),
            "does not lead, node 2 may");
  const Bytes reply =
      EncodeReply({.kind = RequestKind::kGet, .sequence = 3, .value = "v"});
  EXPECT_EQ(DescribeAnswerOf(kStoreMethod, EncodeAnswer({.content = reply})),
            "reply \"v\" seq 3");
}

TEST(DescribeReplicatedTest, CountsWhatItDoesNotKnow) {
  EXPECT_EQ(DescribeRequestOf("raft.append", "xyz"), "3 unknown bytes");
  EXPECT_EQ(DescribeAnswerOf(kStoreMethod, "xyz"), "3 unknown bytes");
}

TEST(DescribeReplicatedTest, KnowsItsMethods) {
  EXPECT_TRUE(IsReplicatedMethod("raft.vote"));
  EXPECT_TRUE(IsReplicatedMethod(kAdminMethod));
  EXPECT_FALSE(IsReplicatedMethod("kv"));
}

}  // namespace
}  // namespace reprise::kv
