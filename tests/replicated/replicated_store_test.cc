// A replicated store in a world: one behaviour a test.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/replicated_clerk.h"
#include "reprise/kv/replicated_operator.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "tests/replicated/cluster.h"

namespace reprise {
namespace {

using kv::ReplicatedClerk;
using kv::raft::Consensus;
using testing::IsEmpty;

// A network and disks as they are, without faults.
FaultMix Calm() {
  const DelayOptions delay = {.calm = Microseconds(500),
                              .shape = DelayShape::kExponential,
                              .minimum = Microseconds(100),
                              .maximum = Milliseconds(5),
                              .mean = Microseconds(500)};
  FaultMix mix;
  mix.network.request.delay = delay;
  mix.network.reply.delay = delay;
  return mix;
}

class ReplicatedStoreTest : public testing::TestWithParam<int> {
 protected:
  ReplicatedStoreTest()
      : cluster_({.seed = Seed(GetParam()), .faults = Calm()}) {}
  ~ReplicatedStoreTest() override {
    EXPECT_THAT(cluster_.failures(), IsEmpty());
  }

  // Runs `client` against three servers.
  void Run(std::function<void(Env&)> client) {
    cluster_.AddServers(3);
    EXPECT_TRUE(cluster_.Run(std::move(client)));
  }
  ReplicatedClerk Clerk(Env& env) {
    return ReplicatedClerk(env, cluster_.servers());
  }

  StoreCluster cluster_;
};

TEST_P(ReplicatedStoreTest, ReadsWhatWasWritten) {
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    EXPECT_EQ(*clerk.Append("k", "b"), "a");
    EXPECT_EQ(*clerk.Get("k"), "ab");
    ReplicatedClerk other = Clerk(env);
    EXPECT_EQ(*other.Append("k", "c"), "ab");
  });
}

TEST_P(ReplicatedStoreTest, LosesNothingWhenTheLeaderCrashes) {
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    std::string expected;
    for (int round = 0; round < 6; ++round) {
      for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(*clerk.Append("k", "x"), expected);
        expected += "x";
      }
      Node& leader = cluster_.node(cluster_.AwaitLeader(env));
      leader.Crash();
      EXPECT_EQ(*clerk.Append("k", "y"), expected);
      expected += "y";
      leader.Restart();
    }
    EXPECT_EQ(*clerk.Get("k"), expected);
  });
}

TEST_P(ReplicatedStoreTest, LosesNothingWhenAllCrashAtOnce) {
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    std::string expected;
    for (int round = 0; round < 4; ++round) {
      EXPECT_EQ(*clerk.Append("k", "x"), expected);
      expected += "x";
      for (size_t i = 0; i < 3; ++i) cluster_.node(i).Crash();
      for (size_t i = 0; i < 3; ++i) cluster_.node(i).Restart();
    }
    EXPECT_EQ(*clerk.Get("k"), expected);
  });
}

TEST_P(ReplicatedStoreTest, AFollowerThatWasAwayGetsASnapshot) {
  cluster_.options.replica.raft.log_bytes_max = 500;
  cluster_.options.replica.raft.snapshot_piece_bytes = 100;
  cluster_.options.replica.journal.log_bytes_max = 500;
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    const size_t away = (cluster_.AwaitLeader(env) + 1) % 3;
    cluster_.node(away).Crash();
    for (int i = 0; i < 50; ++i) {
      EXPECT_TRUE(clerk.Put(absl::StrCat("key-", i % 10), "value").ok());
    }
    cluster_.node(away).Restart();
    env.clock().SleepFor(Seconds(1));
    const size_t leader = cluster_.AwaitLeader(env);
    EXPECT_GT(cluster_.consensus(away)->log().start().index, 10U);
    EXPECT_EQ(cluster_.consensus(away)->applied(),
              cluster_.consensus(leader)->applied());
    EXPECT_LT(cluster_.consensus(leader)->log().bytes(), 1500U);
    // It can lead with what it got.
    cluster_.node((away + 1) % 3).Crash();
    EXPECT_EQ(*clerk.Get("key-3"), "value");
  });
}

TEST_P(ReplicatedStoreTest, MembersComeAndGo) {
  cluster_.AddServers(3);
  const NodeId spare = cluster_.AddSpare();
  EXPECT_TRUE(cluster_.Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    kv::ReplicatedOperator op(env, cluster_.servers());
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    kv::raft::Membership wanted = {.voters = {NodeId(0), NodeId(1), NodeId(2)},
                                   .learners = {spare}};
    EXPECT_EQ(op.ChangeMembership(wanted), absl::OkStatus());
    env.clock().SleepFor(Seconds(1));
    wanted = {.voters = {NodeId(1), NodeId(2), spare}};
    EXPECT_EQ(op.ChangeMembership(wanted), absl::OkStatus());
    cluster_.node(0).Crash();
    EXPECT_EQ(*clerk.Append("k", "b"), "a");
    EXPECT_EQ(op.TransferLeadership(spare), absl::OkStatus());
    env.clock().SleepFor(Milliseconds(100));
    EXPECT_EQ(cluster_.AwaitLeader(env), 3U);
    EXPECT_EQ(*clerk.Get("k"), "ab");
  }));
}

TEST_P(ReplicatedStoreTest, AServerWithDamagedDataComesBackAsALearner) {
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    const size_t hit = cluster_.AwaitLeader(env);
    cluster_.node(hit).Crash();
    cluster_.node(hit).Restart();
    env.clock().SleepFor(Milliseconds(200));
    {
      Disk& disk = cluster_.node(hit).env().disk();
      auto file = disk.Open(kv::kCheckpointName, OpenMode::kExisting);
      ASSERT_TRUE(file.ok());
      EXPECT_TRUE((*file)->Write(30, "damage").ok());
      EXPECT_TRUE((*file)->Sync().ok());
    }
    cluster_.node(hit).Crash();
    EXPECT_EQ(*clerk.Append("k", "b"), "a");
    cluster_.node(hit).Restart();
    env.clock().SleepFor(Seconds(2));
    EXPECT_FALSE(cluster_.consensus(hit)->IsAmnesiac());
    const kv::raft::Membership& members = cluster_.consensus(hit)->membership();
    EXPECT_EQ(members.voters.size(), 3U);
    // It counts again.
    cluster_.node((hit + 1) % 3).Crash();
    EXPECT_EQ(*clerk.Append("k", "c"), "ab");
  });
}

TEST_P(ReplicatedStoreTest, WhereItMayNotRejoinDamageEndsAServer) {
  cluster_.options.replica.rejoins = false;
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    EXPECT_TRUE(clerk.Put("k", "a").ok());
    auto file = cluster_.node(0).env().disk().Open(kv::kCheckpointName,
                                                   OpenMode::kExisting);
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE((*file)->Write(30, "damage").ok());
    EXPECT_TRUE((*file)->Sync().ok());
    cluster_.node(0).Crash();
    cluster_.node(0).Restart();
    env.clock().SleepFor(Seconds(1));
    EXPECT_EQ(cluster_.consensus(0), nullptr);
    EXPECT_EQ(*clerk.Get("k"), "a");
  });
  ASSERT_EQ(cluster_.failures().size(), 1U);
  EXPECT_TRUE(absl::IsDataLoss(cluster_.failures().front()));
  cluster_.ForgetFailures();
}

TEST_P(ReplicatedStoreTest, ServersAreUpgradedOneByOneAndBack) {
  cluster_.options.replica.version = 1;
  Run([&](Env& env) {
    ReplicatedClerk clerk = Clerk(env);
    std::string expected;
    const auto restart = [&](size_t i, kv::raft::Version version) {
      cluster_.versions[i] = version;
      cluster_.node(i).Crash();
      cluster_.node(i).Restart();
      for (int j = 0; j < 3; ++j) {
        EXPECT_EQ(*clerk.Append("k", "x"), expected);
        expected += "x";
      }
      env.clock().SleepFor(Milliseconds(500));
    };
    restart(0, 2);
    restart(1, 2);
    restart(0, 1);
    restart(0, 2);
    restart(2, 2);
    for (size_t i = 0; i < 3; ++i) restart(i, 2);
  });
}

TEST_P(ReplicatedStoreTest, ASessionExpiresWhenThereAreTooMany) {
  cluster_.options.sessions_max = 2;
  Run([&](Env& env) {
    ReplicatedClerk first = Clerk(env);
    ReplicatedClerk second = Clerk(env);
    ReplicatedClerk third = Clerk(env);
    EXPECT_TRUE(first.Put("k", "a").ok());
    EXPECT_TRUE(second.Put("k", "b").ok());
    EXPECT_TRUE(third.Put("k", "c").ok());
    EXPECT_TRUE(absl::IsAborted(first.Put("k", "d")));
    EXPECT_EQ(*first.Get("k"), "c");
    EXPECT_EQ(*first.Append("k", "e"), "c");
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReplicatedStoreTest, testing::Range(0, 5));

}  // namespace
}  // namespace reprise
