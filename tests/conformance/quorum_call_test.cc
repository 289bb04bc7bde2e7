#include "reprise/sim/env/quorum_call.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;

class QuorumCallTest : public ConformanceTest {
 protected:
  std::vector<NodeId> AddServers() {
    std::vector<NodeId> servers;
    for (const char* name : {"a", "b", "c"}) servers.push_back(AddServer(name));
    return servers;
  }
};

INSTANTIATE_TEST_SUITE_P(Rigs, QuorumCallTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(QuorumCallTest, ReturnsWhenEnoughAnswersCount) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const std::vector<NodeId> servers = AddServers();
  Run([&](Env& env) {
    const QuorumResult all = CallQuorum(env.network(), servers, "echo", "x",
                                        {.needed = servers.size()});
    EXPECT_TRUE(all.is_reached);
    EXPECT_EQ(all.counted, servers.size());
    for (size_t i = 0; i < servers.size(); ++i) {
      EXPECT_EQ(all.answers[i].from, servers[i]);
      EXPECT_EQ(*all.answers[i].reply, "x");
      EXPECT_TRUE(all.answers[i].counts);
    }
    EXPECT_TRUE(CallQuorum(env.network(), servers, "echo", "x").counted == 2);
  });
}

TEST_P(QuorumCallTest, ACallThatWasNotNeededAnyMoreIsCancelled) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId slow = rig().AddNode("slow", [](Env& env) {
    env.network().Serve("echo", [&env](NodeId, Bytes request) {
      env.tasks().WaitUntilStopped();
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  const std::vector<NodeId> targets = {slow, AddServer("a"), AddServer("b")};
  Run([&](Env& env) {
    const QuorumResult result = CallQuorum(env.network(), targets, "echo", "x");
    EXPECT_TRUE(result.is_reached);
    EXPECT_EQ(result.answers[0].reply.status().code(), StatusCode::kCancelled);
    EXPECT_FALSE(result.answers[0].counts);
  });
}

TEST_P(QuorumCallTest, ReturnsWhenTheQuorumCannotBeReached) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const std::vector<NodeId> servers = AddServers();
  Run([&](Env& env) {
    const VirtualTime before = env.clock().Now();
    const QuorumResult none =
        CallQuorum(env.network(), servers, "echo", "x",
                   {.counts = [](NodeId, const Bytes&) { return false; }});
    EXPECT_FALSE(none.is_reached);
    EXPECT_EQ(none.counted, 0u);
    // An error never counts.
    EXPECT_EQ(CallQuorum(env.network(), servers, "fail", "x").counted, 0u);
    EXPECT_LT(env.clock().Now(), before + kLong);
  });
}

TEST_P(QuorumCallTest, TheDeadlineIsThatOfEachCall) {
  const std::vector<NodeId> servers = AddServers();
  Run([&](Env& env) {
    const VirtualTime before = env.clock().Now();
    const QuorumResult result = CallQuorum(env.network(), servers, "never", "x",
                                           {.deadline = Milliseconds(10)});
    EXPECT_FALSE(result.is_reached);
    EXPECT_GE(env.clock().Now(), before + Milliseconds(10));
    EXPECT_EQ(result.answers[0].reply.status().code(),
              StatusCode::kDeadlineExceeded);
  });
}

TEST_P(QuorumCallTest, EachTargetIsAskedWhatItsRequestSays) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const std::vector<NodeId> servers = AddServers();
  Run([&](Env& env) {
    const QuorumResult result = CallQuorum(
        env.network(), {{servers[0], "for a"}, {servers[1], "for b"}}, "echo",
        {.needed = 2});
    EXPECT_TRUE(result.is_reached);
    EXPECT_EQ(*result.answers[0].reply, "for a");
    EXPECT_EQ(*result.answers[1].reply, "for b");
  });
}

TEST_P(QuorumCallTest, AMajorityIsMoreThanHalf) {
  EXPECT_EQ(MajorityOf(1), 1u);
  EXPECT_EQ(MajorityOf(4), 3u);
  EXPECT_EQ(MajorityOf(5), 3u);
}

}  // namespace
}  // namespace reprise
