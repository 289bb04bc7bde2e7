// Calls to many nodes at once, in a world.

#include "reprise/sim/env/quorum_call.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kServers = 5;

// Server n answers "who" after n ms: n, and what it was asked.
class QuorumCallTest : public testing::Test {
 protected:
  // Runs `program` on a client of such servers, in a world with this network.
  void Run(const NetworkOptions& network,
           const std::function<void(Env&)>& program,
           const Schedule* schedule = nullptr, Seed seed = Seed(1)) {
    World world({.seed = seed, .faults = {.network = network}});
    if (schedule != nullptr)
      world.Follow({.base = Base::kCalm, .schedule = *schedule});
    world.decisions().Record();
    servers_.clear();
    for (int i = 0; i < kServers; ++i) {
      Node& server = world.AddNode(NodeName("server", i));
      servers_.push_back(server.id());
      server.OnBoot([i](Env& env) {
        env.network().Serve("who", [&env, i](NodeId, const Bytes& bytes) {
          env.clock().SleepFor(Milliseconds(i));
          return std::to_string(i) + bytes;
        });
        env.tasks().WaitUntilStopped();
      });
    }
    world.AddNode("client").Spawn(program);
    EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
    digest_ = world.trace().digest();
    recorded_ = world.decisions().recorded();
    unused_ = world.decisions().Unused();
  }

  std::vector<NodeId> servers_;
  uint64_t digest_ = 0;
  Schedule recorded_;
  Schedule unused_;
};

// What each target answered; of errors, the code.
std::vector<std::string> TextsOf(const QuorumResult& result) {
  std::vector<std::string> texts;
  for (const QuorumAnswer& answer : result.answers) {
    texts.push_back(answer.reply.ok() ? *answer.reply
                                      : absl::StatusCodeToString(
                                            answer.reply.status().code()));
  }
  return texts;
}

TEST_F(QuorumCallTest, ReturnsWithTheFirstAnswersAndCancelsTheRest) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), servers_, "who", "?", {.needed = 2});
    EXPECT_TRUE(result.is_reached);
    EXPECT_EQ(result.counted, 2u);
    EXPECT_EQ(env.clock().Now(),
              VirtualTime::Milliseconds(1) + Microseconds(100));
    EXPECT_THAT(TextsOf(result),
                ElementsAre("0?", "1?", "CANCELLED", "CANCELLED", "CANCELLED"));
    EXPECT_EQ(result.answers[4].from, servers_[4]);
  });
}

TEST_F(QuorumCallTest, NeedsAMajorityUnlessToldOtherwise) {
  EXPECT_EQ(MajorityOf(4), 3u);
  EXPECT_EQ(MajorityOf(5), 3u);
  Run({}, [this](Env& env) {
    const QuorumResult result = CallQuorum(env.network(), servers_, "who", "");
    EXPECT_EQ(result.counted, 3u);
    EXPECT_TRUE(result.is_reached);
  });
}

TEST_F(QuorumCallTest, AsksEachTargetWhatItsRequestSays) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), {{servers_[1], "a"}, {servers_[0], "b"}},
                   "who", {.needed = 2});
    EXPECT_THAT(TextsOf(result), ElementsAre("1a", "0b"));
  });
}

TEST_F(QuorumCallTest, CountsWhatThePredicateSays) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), servers_, "who", "",
                   {.needed = 2, .counts = [](NodeId, const Bytes& reply) {
                      return reply == "1" || reply == "3";
                    }});
    EXPECT_TRUE(result.is_reached);
    EXPECT_THAT(TextsOf(result), ElementsAre("0", "1", "2", "3", "CANCELLED"));
    EXPECT_FALSE(result.answers[0].counts);
    EXPECT_TRUE(result.answers[3].counts);
  });
}

TEST_F(QuorumCallTest, EndsAsSoonAsItCannotBeReached) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), servers_, "who", "",
                   {.needed = 4, .counts = [](NodeId, const Bytes& reply) {
                      return reply != "0" && reply != "1";
                    }});
    EXPECT_FALSE(result.is_reached);
    EXPECT_EQ(result.counted, 0u);
    EXPECT_EQ(env.clock().Now(),
              VirtualTime::Milliseconds(1) + Microseconds(100));
  });
}

TEST_F(QuorumCallTest, ATargetThatFailsDoesNotCount) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), {{env.id(), ""}, {servers_[0], ""}}, "who",
                   {.needed = 1});
    EXPECT_TRUE(result.is_reached);
    EXPECT_EQ(result.counted, 1u);
    EXPECT_TRUE(absl::IsUnimplemented(result.answers[0].reply.status()) ||
                absl::IsCancelled(result.answers[0].reply.status()));
    EXPECT_FALSE(result.answers[0].counts);
  });
}

TEST_F(QuorumCallTest, EachTargetHasTheDeadline) {
  Run({}, [this](Env& env) {
    const QuorumResult result =
        CallQuorum(env.network(), servers_, "who", "",
                   {.needed = 5, .deadline = Microseconds(2500)});
    EXPECT_FALSE(result.is_reached);
    EXPECT_EQ(result.counted, 3u);
    EXPECT_EQ(env.clock().Now(), VirtualTime() + Microseconds(2500));
    EXPECT_TRUE(absl::IsDeadlineExceeded(result.answers[3].reply.status()));
  });
}

TEST_F(QuorumCallTest, NobodyIsNoQuorum) {
  Run({}, [](Env& env) {
    const QuorumResult result = CallQuorum(env.network(), {}, "who");
    EXPECT_FALSE(result.is_reached);
    EXPECT_THAT(result.answers, IsEmpty());
  });
}

TEST_F(QuorumCallTest, ARecordedRunPlaysAgain) {
  FaultMix mix = fault::Harsh();
  mix.network.request.loss = {1, 3};
  int reached = 0;
  const auto program = [&](Env& env) {
    for (int i = 0; i < 50; ++i) {
      const QuorumResult result =
          CallQuorum(env.network(), servers_, "who", "");
      if (result.is_reached) ++reached;
    }
  };
  Run(mix.network, program);
  EXPECT_GT(reached, 10);
  EXPECT_LT(reached, 50);
  const uint64_t digest = digest_;
  const Schedule schedule = recorded_;
  Run(mix.network, program, &schedule, Seed(2));
  EXPECT_EQ(digest_, digest);
  EXPECT_THAT(unused_, IsEmpty());
}

using QuorumCallDeathTest = QuorumCallTest;

TEST_F(QuorumCallDeathTest, NoMoreCanBeNeededThanThereAreTargets) {
  EXPECT_DEATH(Run({},
                   [this](Env& env) {
                     CallQuorum(env.network(), servers_, "who", "",
                                {.needed = 6});
                   }),
               "a quorum of 6 was asked for, expected at most the 5 targets");
}

}  // namespace
}  // namespace reprise
