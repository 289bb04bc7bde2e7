#include "reprise/kv/raft/membership.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv::raft {
namespace {

constexpr NodeId kA(0), kB(1), kC(2), kD(3), kE(4);

const Membership kJoint = {.voters = {kA, kB, kC},
                           .next_voters = {kC, kD},
                           .learners = {kE},
                           .recovering = {{kE, 7, true}}};

TEST(MembershipTest, TellsVotersFromLearners) {
  EXPECT_TRUE(kJoint.IsVoter(kA));
  EXPECT_TRUE(kJoint.IsVoter(kD));
  EXPECT_FALSE(kJoint.IsVoter(kE));
  EXPECT_TRUE(kJoint.IsMember(kE));
  EXPECT_FALSE(kJoint.IsMember(NodeId(5)));
}

TEST(MembershipTest, ListsMembersOnce) {
  EXPECT_EQ(kJoint.Members(), (std::vector<NodeId>{kA, kB, kC, kD, kE}));
}

TEST(MembershipTest, HasNoMajorityWithoutVoters) {
  const Membership none;
  EXPECT_FALSE(none.HasMajority([](NodeId) { return true; }));
  EXPECT_EQ(none.ReachedByMajority([](NodeId) { return uint64_t{1}; }), 0);
}

TEST(MembershipTest, NeedsMajoritiesOfBothSets) {
  EXPECT_TRUE(kJoint.HasMajority([](NodeId node) { return node != kA; }));
  EXPECT_FALSE(kJoint.HasMajority([](NodeId node) { return node != kD; }));
}

TEST(MembershipTest, DecodesWhatItEncoded) {
  for (const Membership& membership : {Membership(), kJoint}) {
    const absl::StatusOr<Membership> decoded =
        DecodeMembership(EncodeMembership(membership));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(*decoded, membership);
  }
}

TEST(MembershipTest, RefusesWhatIsNoMembership) {
  const Bytes bytes = EncodeMembership(kJoint);
  EXPECT_FALSE(DecodeMembership(bytes.substr(1)).ok());
  EXPECT_FALSE(DecodeMembership(bytes + "x").ok());
  Membership unordered = kJoint;
  unordered.voters = {kB, kA};
  EXPECT_EQ(DecodeMembership(EncodeMembership(unordered)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace reprise::kv::raft
