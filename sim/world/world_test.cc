#include "reprise/sim/world/world.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::IsEmpty;

// A server and three clients that call it 20 times each; what becomes of it.
struct Recording {
  uint64_t digest = 0;
  Schedule schedule;
  Schedule unused;
};

Recording RunClients(Seed seed, const Schedule* follow = nullptr) {
  World world({.seed = seed, .faults = fault::Harsh()});
  if (follow != nullptr)
    world.Follow({.base = Base::kCalm, .schedule = *follow});
  world.decisions().Record();
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve(
        "echo",
        [](NodeId, Bytes request) -> absl::StatusOr<Bytes> { return request; });
    env.tasks().WaitUntilStopped();
  });
  for (int client = 0; client < 3; ++client) {
    world.AddNode(NodeName("clerk", client)).Spawn([&](Env& env) {
      for (int i = 0; i < 20; ++i) {
        const Bytes request = std::to_string(env.random().Uniform(0, 999));
        env.network().Call(server.id(), "echo", request).IgnoreError();
      }
    });
  }
  world.RunUntilIdle();
  return {world.trace().digest(), world.decisions().recorded(),
          world.decisions().Unused()};
}

TEST(WorldTest, WorldsMadeAlikeHaveTheSameDigest) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(RunClients(Seed(seed)).digest, RunClients(Seed(seed)).digest);
  }
}

TEST(WorldTest, EverySeedHasItsOwnDigest) {
  std::set<uint64_t> digests;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    digests.insert(RunClients(Seed(seed)).digest);
  }
  EXPECT_EQ(digests.size(), 100u);
}

TEST(WorldTest, FollowingItsOwnScheduleReproducesARun) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Recording original = RunClients(Seed(seed));
    ASSERT_GT(original.schedule.size(), 50u);
    const Recording replay = RunClients(Seed(seed), &original.schedule);
    EXPECT_EQ(replay.digest, original.digest);
    EXPECT_EQ(replay.schedule, original.schedule);
    EXPECT_THAT(replay.unused, IsEmpty());
  }
}

TEST(WorldTest, WhatASubsetOfAScheduleDoesNotNameIsCalm) {
  const Recording original = RunClients(Seed(1));
  Schedule losses;
  for (const Decision& decision : original.schedule) {
    if (decision.purpose == "request-loss") losses.push_back(decision);
  }
  ASSERT_FALSE(losses.empty());
  const Recording replay = RunClients(Seed(1), &losses);
  EXPECT_THAT(replay.schedule, testing::UnorderedElementsAreArray(losses));
}

TEST(WorldTest, NodesAreNumberedInTheirOrderAndKeepTheirNames) {
  World world({.seed = Seed(1)});
  EXPECT_EQ(world.AddNode("a").id(), NodeId(0));
  EXPECT_EQ(world.AddNode("b").id(), NodeId(1));
  EXPECT_EQ(world.node_count(), 2u);
  EXPECT_EQ(world.node(NodeId(1)).name(), "b");
  EXPECT_EQ(NodeName("clerk", 3), "clerk-3");
}

TEST(WorldTest, TwoNodesCannotHaveOneName) {
  World world({.seed = Seed(1)});
  world.AddNode("server");
  EXPECT_DEATH(world.AddNode("server"), "two nodes are named server");
}

// "a->b" to "c" and "a" to "b->c" would be one link to their streams.
TEST(WorldTest, ANodeNameCannotContainAnArrow) {
  World world({.seed = Seed(1)});
  world.AddNode("a-b>c");
  EXPECT_DEATH(world.AddNode("a->b"), "the node name \"a->b\" contains \"->\"");
}

TEST(WorldTest, AnImpossibleMixOfFaultsIsRefused) {
  FaultMix faults;
  faults.network.request.loss = {2, 1};
  EXPECT_EXIT(World({.seed = Seed(1), .faults = faults}),
              testing::ExitedWithCode(2),
              "seed 1: faults: network.request.loss is 2/1, expected a ratio");
}

TEST(WorldTest, FaultsOfALinkBetweenUnknownNodesAreRefused) {
  FaultMix faults;
  faults.network.links = {{.from = "clerk"}, {.to = "sever"}};
  World world({.seed = Seed(1), .faults = faults});
  world.AddNode("server");
  world.AddNode("clerk");
  EXPECT_EXIT(world.RunUntilIdle(), testing::ExitedWithCode(2),
              "faults: network.links.1..to is \"sever\", expected \"\" or one "
              "of clerk, server");
}

TEST(WorldTest, RunUntilStopsAtTheInstant) {
  World world({.seed = Seed(1)});
  std::vector<VirtualTime> ticks;
  world.AddNode("ticker").Spawn([&](Env& env) {
    for (int i = 0; i < 5; ++i) {
      env.clock().SleepFor(Milliseconds(10));
      ticks.push_back(env.clock().Now());
    }
  });
  EXPECT_EQ(world.RunUntil(VirtualTime::Milliseconds(30)).end,
            RunEnd::kTimeReached);
  EXPECT_EQ(ticks.size(), 3u);
  EXPECT_EQ(world.now(), VirtualTime::Milliseconds(30));
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(ticks.size(), 5u);
}

TEST(WorldTest, ATaskThatNeverEndsRunsOutOfBudget) {
  World world({.seed = Seed(1), .max_steps = 1'000});
  world.AddNode("spinner").Spawn([](Env& env) {
    for (;;) env.tasks().Yield();
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kOutOfBudget);
}

TEST(WorldTest, ItsEndFreesWhatUnfinishedTasksHold) {
  const auto held = std::make_shared<int>(7);
  {
    World world({.seed = Seed(1)});
    Node& server = world.AddNode("server");
    server.OnBoot([held](Env& env) {
      env.network().Serve("wait", [held, &env](NodeId, Bytes request) {
        const auto local = held;
        env.tasks().WaitUntilStopped();
        return request;
      });
      env.tasks().WaitUntilStopped();
    });
    world.AddNode("clerk").Spawn([held, &server](Env& env) {
      env.network().Call(server.id(), "wait", "x").IgnoreError();
    });
    EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kDeadlocked);
    EXPECT_GT(held.use_count(), 3);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(WorldTest, WhileATaskUnwindsItsEnvDoesNothing) {
  struct Destructor {
    ~Destructor() {
      const VirtualTime before = env.clock().Now();
      env.clock().SleepFor(Seconds(1));
      env.tasks().Spawn("new", [this] { has_spawned = true; });
      env.tasks().WaitUntilStopped();
      env.tasks().Yield();
      env.network().Serve("new", [](NodeId, Bytes) { return Bytes(); });
      EXPECT_EQ(env.network().Call(NodeId(0), "new", "").status().code(),
                absl::StatusCode::kCancelled);
      EXPECT_EQ(env.clock().Now(), before);
      has_ended = true;
    }
    Env& env;
    bool& has_spawned;
    bool& has_ended;
  };
  bool has_spawned = false;
  bool has_ended = false;
  {
    World world({.seed = Seed(1)});
    world.AddNode("node").Spawn([&](Env& env) {
      Destructor destructor{env, has_spawned, has_ended};
      env.tasks().WaitUntilStopped();
    });
    world.RunUntilIdle();
  }
  EXPECT_TRUE(has_ended);
  EXPECT_FALSE(has_spawned);
}

TEST(WorldTest, NodesDrawFromStreamsOfTheirOwn) {
  const auto draws_of_a = [](int draws_of_b) {
    World world({.seed = Seed(1)});
    std::vector<uint64_t> draws;
    world.AddNode("b").Spawn([=](Env& env) {
      for (int i = 0; i < draws_of_b; ++i) env.random().Next();
    });
    world.AddNode("a").Spawn([&](Env& env) {
      for (int i = 0; i < 10; ++i) draws.push_back(env.random().Next());
    });
    world.RunUntilIdle();
    return draws;
  };
  EXPECT_EQ(draws_of_a(0), draws_of_a(5));
}

}  // namespace
}  // namespace reprise
