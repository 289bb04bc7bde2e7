// An operator of a replicated store in a world: one behaviour a test.

#include "reprise/kv/replicated_operator.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_clerk.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/server_status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/node.h"
#include "tests/replicated/cluster.h"

namespace reprise {
namespace {

using kv::ReplicatedClerk;
using kv::ReplicatedOperator;
using kv::ServerStatus;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReplicatedOperatorTest : public testing::TestWithParam<int> {
 protected:
  ReplicatedOperatorTest() : cluster_({.seed = Seed(GetParam())}) {
    cluster_.AddServers(3);
    spare_ = cluster_.AddSpare();
  }
  ~ReplicatedOperatorTest() override {
    EXPECT_THAT(cluster_.failures(), IsEmpty());
  }

  void Run(std::function<void(Env&)> client) {
    EXPECT_TRUE(cluster_.Run(std::move(client)));
  }
  ReplicatedOperator Operator(Env& env) {
    return ReplicatedOperator(env, cluster_.servers(),
                              {.deadline = Seconds(5)});
  }
  std::vector<NodeId> Voters(Env& env) {
    return cluster_.consensus(cluster_.AwaitLeader(env))->membership().voters;
  }
  NodeId Leader(Env& env) {
    return cluster_.servers()[cluster_.AwaitLeader(env)];
  }
  // One of the first three, another than the leader.
  NodeId Follower(Env& env) { return NodeId((Leader(env).value() + 1) % 3); }
  Node& node(NodeId id) { return cluster_.world().node(id); }

  StoreCluster cluster_;
  NodeId spare_;
};

TEST_P(ReplicatedOperatorTest, AddsAServerThatLacksMuch) {
  cluster_.options.replica.raft.log_bytes_max = 500;
  Run([&](Env& env) {
    ReplicatedClerk clerk(env, cluster_.servers());
    for (int i = 0; i < 100; ++i) {
      EXPECT_TRUE(clerk.Put(absl::StrCat("key-", i), "value").ok());
    }
    EXPECT_EQ(Operator(env).Add(spare_), absl::OkStatus());
    EXPECT_THAT(Voters(env),
                ElementsAre(NodeId(0), NodeId(1), NodeId(2), spare_));
    EXPECT_GE(cluster_.consensus(3)->applied(), 100U);
    // It is so already.
    const auto before = cluster_.consensus(3)->log().last_index();
    EXPECT_EQ(Operator(env).Add(spare_), absl::OkStatus());
    EXPECT_EQ(cluster_.consensus(3)->log().last_index(), before);
  });
}

TEST_P(ReplicatedOperatorTest, RemovesTheLeader) {
  Run([&](Env& env) {
    ReplicatedClerk clerk(env, cluster_.servers());
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    const NodeId leader = Leader(env);
    EXPECT_EQ(Operator(env).Remove(leader), absl::OkStatus());
    EXPECT_NE(Leader(env), leader);
    EXPECT_THAT(Voters(env), testing::SizeIs(2));
    node(leader).Crash();
    EXPECT_EQ(*clerk.Append("k", "b"), "a");
  });
}

TEST_P(ReplicatedOperatorTest, ReplacesAServerThatIsGone) {
  Run([&](Env& env) {
    ReplicatedClerk clerk(env, cluster_.servers());
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    const NodeId gone = Leader(env);
    node(gone).Crash();
    EXPECT_EQ(Operator(env).Replace(gone, spare_), absl::OkStatus());
    EXPECT_THAT(Voters(env),
                testing::AllOf(testing::SizeIs(3), testing::Contains(spare_)));
    // It counts.
    node(Follower(env) == gone ? NodeId((gone.value() + 2) % 3) : Follower(env))
        .Crash();
    EXPECT_EQ(*clerk.Get("k"), "a");
    // It is so already.
    EXPECT_EQ(Operator(env).Replace(gone, spare_), absl::OkStatus());
  });
}

TEST_P(ReplicatedOperatorTest, LetsAnotherServerLead) {
  Run([&](Env& env) {
    for (const NodeId server : {NodeId(1), NodeId(0), NodeId(2), NodeId(2)}) {
      EXPECT_EQ(Operator(env).Transfer(server), absl::OkStatus());
      EXPECT_EQ(Leader(env), server);
    }
    const absl::Status status = Operator(env).Transfer(spare_);
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_EQ(status.message(), "server 3 is no voter");
  });
}

TEST_P(ReplicatedOperatorTest, TellsHowEachServerIs) {
  Run([&](Env& env) {
    ReplicatedClerk clerk(env, cluster_.servers());
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    const NodeId leader = Leader(env);
    const NodeId away = Follower(env);
    node(away).Crash();
    env.clock().SleepFor(Seconds(1));
    const auto statuses = Operator(env).AskAll();
    ASSERT_EQ(statuses.size(), 4U);
    EXPECT_FALSE(statuses[away.value()].ok());
    const ServerStatus& status = *statuses[leader.value()];
    EXPECT_EQ(status.role, kv::raft::Role::kLeader);
    EXPECT_EQ(status.leader, leader);
    EXPECT_EQ(status.commit, status.last);
    EXPECT_TRUE(status.may_change);
    EXPECT_FALSE(status.follower(away)->is_heard);
    const NodeId other(3 - leader.value() - away.value());
    EXPECT_TRUE(status.follower(other)->is_heard);
    EXPECT_EQ(status.follower(other)->match, status.last);
    EXPECT_EQ(statuses[other.value()]->leader, leader);
    EXPECT_EQ(statuses[3]->term, 0U);
  });
}

TEST_P(ReplicatedOperatorTest, TakesNoMajorityAway) {
  Run([&](Env& env) {
    const NodeId leader = Leader(env);
    const NodeId away = Follower(env);
    const NodeId other(3 - leader.value() - away.value());
    node(away).Crash();
    env.clock().SleepFor(Seconds(1));
    const absl::Status status = Operator(env).Remove(other);
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(std::string(status.message()),
                HasSubstr(absl::StrCat("does not hear server ", away.value())));
    EXPECT_THAT(Voters(env), testing::SizeIs(3));
    // The other way round it may go.
    EXPECT_EQ(Operator(env).Remove(away), absl::OkStatus());
    const absl::Status last = Operator(env).Remove(leader);
    EXPECT_EQ(last, absl::OkStatus());
    EXPECT_TRUE(absl::IsFailedPrecondition(Operator(env).Remove(other)));
  });
}

TEST_P(ReplicatedOperatorTest, WithoutALeaderNothingIsDecided) {
  Run([&](Env& env) {
    (void)Leader(env);
    cluster_.node(0).Crash();
    cluster_.node(1).Crash();
    env.clock().SleepFor(Seconds(1));
    const absl::Status status = Operator(env).Remove(NodeId(0));
    EXPECT_TRUE(absl::IsDeadlineExceeded(status));
    EXPECT_EQ(status.message(),
              "no server leads; those that answer are server 2, server 3");
  });
}

TEST_P(ReplicatedOperatorTest, AServerThatDoesNotAnswerIsNotAdded) {
  Run([&](Env& env) {
    node(spare_).Crash();
    const absl::Status status = Operator(env).Add(spare_);
    EXPECT_TRUE(absl::IsDeadlineExceeded(status));
    EXPECT_EQ(status.message(), "server 3 does not answer");
    EXPECT_THAT(
        cluster_.consensus(cluster_.AwaitLeader(env))->membership().learners,
        IsEmpty());
  });
}

TEST_P(ReplicatedOperatorTest, AServerChangesNoOtherMembersThanWereSeen) {
  Run([&](Env& env) {
    const kv::AdminRequest request = {
        .kind = kv::AdminKind::kChangeMembershipFrom,
        .membership = {.voters = {NodeId(0)}},
        .before = {.voters = {NodeId(0), NodeId(1)}}};
    const absl::StatusOr<Bytes> message = env.network().Call(
        Leader(env), kv::kAdminMethod, kv::EncodeAdminRequest(request));
    ASSERT_TRUE(message.ok());
    EXPECT_EQ(kv::DecodeAnswer(*message)->outcome, kv::Outcome::kRefused);
    EXPECT_EQ(kv::DecodeAnswer(*message)->content,
              "the members are others by now");
    EXPECT_THAT(Voters(env), testing::SizeIs(3));
  });
}

TEST_P(ReplicatedOperatorTest, TwoAtATimeUndoNothing) {
  const NodeId other = cluster_.AddSpare();
  std::optional<absl::Status> status;
  cluster_.world().AddNode("operator").Spawn([&](Env& env) {
    status =
        ReplicatedOperator(env, cluster_.servers(), {.deadline = Seconds(20)})
            .Add(other);
  });
  Run([&](Env& env) {
    EXPECT_EQ(Operator(env).Add(spare_), absl::OkStatus());
    while (!status.has_value()) env.clock().SleepFor(Milliseconds(50));
    EXPECT_EQ(*status, absl::OkStatus());
    EXPECT_THAT(Voters(env),
                ElementsAre(NodeId(0), NodeId(1), NodeId(2), spare_, other));
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReplicatedOperatorTest, testing::Range(0, 5));

}  // namespace
}  // namespace reprise
