#include "reprise/kv/leader_caller.h"

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/testing/fake_env.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv {
namespace {

const std::vector<NodeId> kServers = {NodeId(0), NodeId(1), NodeId(2)};

TEST(LeaderCallerTest, FollowsAHintAtOnce) {
  FakeEnv env;
  int asked = 0;
  env.answer = [&](const Bytes&) {
    return ++asked == 1 ? EncodeAnswer({.outcome = Outcome::kNotLeader,
                                        .leader = NodeId(2)})
                        : EncodeAnswer({.leader = NodeId(2)});
  };
  // Another one than the leader is asked first.
  std::vector<NodeId> servers(99, NodeId(1));
  servers.push_back(NodeId(2));
  LeaderCaller leader(env, servers);
  EXPECT_TRUE(leader.Call(kOpenMethod, {}).ok());
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(env.now, VirtualTime());
}

// Whatever fails, and however servers send it around.
TEST(LeaderCallerTest, RestsLongerAndLonger) {
  for (const Outcome outcome :
       {Outcome::kNotLeader, Outcome::kUnknown, Outcome::kBusy}) {
    FakeEnv env;
    uint32_t asked = 0;
    env.answer = [&](const Bytes&) -> absl::StatusOr<Bytes> {
      if (++asked == 100) return EncodeAnswer({});
      return EncodeAnswer({.outcome = outcome, .leader = NodeId(asked % 3)});
    };
    LeaderCaller leader(env, kServers);
    EXPECT_TRUE(leader.Call(kOpenMethod, {}).ok());
    EXPECT_EQ(leader.attempts(), 100U);
    // Of 50 rests, all but the first six are 100 ms at least.
    EXPECT_GT(env.now, VirtualTime::Milliseconds(4000));
  }
}

// Two that do not lead, and of which one takes the other for the leader.
TEST(LeaderCallerTest, HintsKeepItFromNobody) {
  FakeEnv env;
  env.answer = [&](const Bytes&) {
    const NodeId asked = env.called.back();
    if (asked == NodeId(2)) return EncodeAnswer({});
    const std::optional<NodeId> leader =
        asked == NodeId(1) ? std::optional(NodeId(0)) : std::nullopt;
    return EncodeAnswer({.outcome = Outcome::kNotLeader, .leader = leader});
  };
  LeaderCaller leader(env, kServers);
  EXPECT_TRUE(leader.Call(kOpenMethod, {}).ok());
  EXPECT_LE(leader.attempts(), 4U);
}

TEST(LeaderCallerTest, AsksAnotherServerWhereOneFails) {
  FakeEnv env;
  int asked = 0;
  env.answer = [&](const Bytes&) -> absl::StatusOr<Bytes> {
    if (++asked < 4) return absl::UnavailableError("");
    return EncodeAnswer({});
  };
  LeaderCaller leader(env, kServers, {.attempt = Milliseconds(70)});
  EXPECT_TRUE(leader.Call(kOpenMethod, {}).ok());
  EXPECT_EQ(env.deadlines.back(), Milliseconds(70));
}

TEST(LeaderCallerTest, GivesUpInTime) {
  FakeEnv env;
  env.answer = [&](const Bytes&) {
    return EncodeAnswer({.outcome = Outcome::kUnknown});
  };
  LeaderCaller leader(env, kServers, {.deadline = Seconds(2)});
  EXPECT_TRUE(absl::IsDeadlineExceeded(leader.Call(kOpenMethod, {}).status()));
  EXPECT_LT(env.now, VirtualTime::Milliseconds(2500));
}

TEST(LeaderCallerTest, TakesNoAnswerThatIsNone) {
  FakeEnv env;
  int asked = 0;
  env.answer = [&](const Bytes&) {
    return ++asked == 1 ? Bytes("x") : EncodeAnswer({});
  };
  LeaderCaller leader(env, kServers);
  EXPECT_TRUE(leader.Call(kOpenMethod, {}).ok());
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace reprise::kv
