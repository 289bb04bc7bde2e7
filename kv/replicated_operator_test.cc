#include "reprise/kv/replicated_operator.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/server_status.h"
#include "reprise/kv/testing/fake_env.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {
namespace {

using raft::Membership;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Four servers, of which server 0 leads and executes every change at once, but
// for those that `refusal` stands against.
class ReplicatedOperatorTest : public testing::Test {
 protected:
  ReplicatedOperatorTest() {
    leader_.role = raft::Role::kLeader;
    leader_.term = 3;
    leader_.last = 90;
    leader_.may_change = true;
    leader_.membership.voters = {NodeId(0), NodeId(1), NodeId(2)};
    for (const uint32_t node : {1, 2, 3}) {
      leader_.followers.push_back({.node = NodeId(node),
                                   .match = 20,
                                   .is_heard = true,
                                   .has_caught_up = true});
    }
    env_.answer = [this](const Bytes& request) { return Answer(request); };
  }

  absl::StatusOr<Bytes> Answer(const Bytes& message) {
    const AdminRequest request = *DecodeAdminRequest(message);
    if (request.kind == AdminKind::kStatus) {
      const ServerStatus status =
          env_.called.back() == NodeId(0) ? leader_ : other_;
      return EncodeAnswer({.content = EncodeServerStatus(status)});
    }
    changes_.push_back(request);
    if (!refusal_.empty()) {
      return EncodeAnswer({.outcome = Outcome::kRefused, .content = refusal_});
    }
    leader_.membership = request.membership;
    return EncodeAnswer({});
  }

  FakeEnv env_;
  ServerStatus leader_;
  ServerStatus other_;  // What all others say.
  std::string refusal_;
  std::vector<AdminRequest> changes_;
  ReplicatedOperator operator_{env_,
                               {NodeId(0), NodeId(1), NodeId(2), NodeId(3)},
                               {.deadline = Seconds(3)}};
};

TEST_F(ReplicatedOperatorTest, AddsALearnerFirst) {
  const Membership before = leader_.membership;
  EXPECT_EQ(operator_.Add(NodeId(3)), absl::OkStatus());
  ASSERT_THAT(changes_, SizeIs(2));
  EXPECT_EQ(changes_[0].before, before);
  EXPECT_EQ(changes_[0].membership.voters, before.voters);
  EXPECT_THAT(changes_[0].membership.learners, ElementsAre(NodeId(3)));
  EXPECT_EQ(changes_[1].before, changes_[0].membership);
  EXPECT_THAT(changes_[1].membership.voters, SizeIs(4));
  EXPECT_THAT(changes_[1].membership.learners, IsEmpty());
}

TEST_F(ReplicatedOperatorTest, SaysWhatALearnerLacks) {
  leader_.followers.back().has_caught_up = false;
  const absl::Status status = operator_.Add(NodeId(3));
  EXPECT_TRUE(absl::IsDeadlineExceeded(status));
  EXPECT_EQ(status.message(),
            "server 3 has not caught up: its log goes to 20, that of the "
            "leader to 90; what was asked for may be done, or in part");
  EXPECT_THAT(changes_, SizeIs(1));
}

// Else its number would be somebody else's there.
TEST_F(ReplicatedOperatorTest, AddsNobodyWhomAMemberDoesNotKnow) {
  other_.servers_known = 3;
  const absl::Status status = operator_.Add(NodeId(3));
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(),
            "server 1 does not know server 3: it was given a shorter list");
  EXPECT_THAT(changes_, IsEmpty());
}

TEST_F(ReplicatedOperatorTest, ReplacesAtOnce) {
  leader_.membership.learners = {NodeId(3)};
  EXPECT_EQ(operator_.Replace(NodeId(1), NodeId(3)), absl::OkStatus());
  ASSERT_THAT(changes_, SizeIs(1));
  EXPECT_THAT(changes_[0].membership.voters,
              ElementsAre(NodeId(0), NodeId(2), NodeId(3)));
  EXPECT_THAT(changes_[0].membership.learners, IsEmpty());
  const absl::Status status = operator_.Replace(NodeId(5), NodeId(6));
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(), "server 5 is no member");
}

// What the leader notes of members that lost their data is seen, and is the
// leader's own affair.
TEST_F(ReplicatedOperatorTest, WantsNothingOfThoseThatRecover) {
  leader_.membership = {.voters = {NodeId(0), NodeId(1)},
                        .learners = {NodeId(2)},
                        .recovering = {{.node = NodeId(2), .life = 9}}};
  const Membership before = leader_.membership;
  EXPECT_EQ(operator_.Remove(NodeId(1)), absl::OkStatus());
  ASSERT_THAT(changes_, SizeIs(1));
  EXPECT_EQ(changes_[0].before, before);
  EXPECT_THAT(changes_[0].membership.recovering, IsEmpty());
  EXPECT_THAT(changes_[0].membership.learners, ElementsAre(NodeId(2)));
}

TEST_F(ReplicatedOperatorTest, WaitsWhileAnotherChangeIsInProgress) {
  leader_.may_change = false;
  const absl::Status status = operator_.Remove(NodeId(1));
  EXPECT_TRUE(absl::IsDeadlineExceeded(status));
  EXPECT_EQ(status.message(), "another change of members is in progress");
  EXPECT_THAT(changes_, IsEmpty());
  EXPECT_GE(env_.now, VirtualTime() + Seconds(3));
}

TEST_F(ReplicatedOperatorTest, SaysWhyItIsRefused) {
  refusal_ = "not today";
  const absl::Status status = operator_.Remove(NodeId(1));
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(), "not today");
  const absl::Status plain = operator_.ChangeMembership(leader_.membership);
  EXPECT_TRUE(absl::IsFailedPrecondition(plain));
  EXPECT_EQ(plain.message(), "not today");
}

// One that was deposed does not know it yet.
TEST_F(ReplicatedOperatorTest, TheLeaderOfTheLatestTermCounts) {
  other_ = leader_;
  other_.term = 2;
  other_.may_change = false;
  EXPECT_EQ(operator_.Remove(NodeId(1)), absl::OkStatus());
  EXPECT_THAT(changes_, SizeIs(1));
}

// As `member add` does when it is done, however long that took.
TEST_F(ReplicatedOperatorTest, GivesServersTimeToAnswerAfterItsDeadline) {
  leader_.may_change = false;
  EXPECT_TRUE(absl::IsDeadlineExceeded(operator_.Remove(NodeId(1))));
  ASSERT_LT(env_.deadlines.back(), LeaderCallerOptions().attempt);
  env_.deadlines.clear();
  operator_.AskAll();
  EXPECT_THAT(env_.deadlines,
              AllOf(SizeIs(4), Each(LeaderCallerOptions().attempt)));
}

TEST_F(ReplicatedOperatorTest, EndsWithItsNode) {
  env_.answer = [](const Bytes&) { return absl::CancelledError(""); };
  EXPECT_TRUE(absl::IsCancelled(operator_.Add(NodeId(3))));
  EXPECT_TRUE(absl::IsCancelled(operator_.Transfer(NodeId(1))));
}

}  // namespace
}  // namespace reprise::kv
