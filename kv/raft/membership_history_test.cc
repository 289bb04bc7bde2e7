#include "reprise/kv/raft/membership_history.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace reprise::kv::raft {
namespace {

Membership Of(uint32_t voter) { return {.voters = {NodeId(voter)}}; }

MembershipHistory Changed() {
  MembershipHistory history(2, Of(0));
  history.Add(5, Of(1));
  history.Add(9, Of(2));
  return history;
}

TEST(MembershipHistoryTest, KnowsTheMembershipOfEachPlace) {
  const MembershipHistory history = Changed();
  EXPECT_EQ(history.At(4).membership, Of(0));
  EXPECT_EQ(history.At(5).membership, Of(1));
  EXPECT_EQ(history.At(20).membership, Of(2));
  EXPECT_EQ(history.last().index, 9);
}

TEST(MembershipHistoryTest, ForgetsChangesThatAreTruncated) {
  MembershipHistory history = Changed();
  history.ForgetFrom(9);
  EXPECT_EQ(history.last().membership, Of(1));
  history.ForgetFrom(0);
  EXPECT_EQ(history.last().membership, Of(0));
}

TEST(MembershipHistoryTest, KeepsWhatIsInForceWhereTheFrontIsDropped) {
  MembershipHistory history = Changed();
  history.ForgetBefore(7);
  EXPECT_EQ(history.At(7).membership, Of(1));
  EXPECT_EQ(history.last().membership, Of(2));
}

TEST(MembershipHistoryTest, BeginsAgainAtASnapshot) {
  MembershipHistory history = Changed();
  history.BeginAt(7, Of(3));
  EXPECT_EQ(history.At(8).membership, Of(3));
  EXPECT_EQ(history.last().membership, Of(2));
}

}  // namespace
}  // namespace reprise::kv::raft
