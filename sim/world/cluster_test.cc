#include "reprise/sim/world/cluster.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

TEST(ClusterTest, RunsOneProgramOnServersThatKnowOneAnother) {
  World world({.seed = Seed(1), .faults = fault::Calm()});
  std::vector<std::string> booted;
  Cluster servers(world, "server", 3,
                  [&](Env& env, const std::vector<NodeId>& all) {
                    booted.emplace_back(env.name());
                    EXPECT_EQ(all.size(), 3);
                    EXPECT_EQ(all[booted.size() - 1], env.id());
                    env.tasks().WaitUntilStopped();
                  });
  world.RunUntilIdle();
  EXPECT_EQ(booted,
            (std::vector<std::string>{"server-0", "server-1", "server-2"}));
  world.End();
}

TEST(ClusterTest, ClientsReachTheServers) {
  World world({.seed = Seed(1), .faults = fault::Calm()});
  Cluster servers(world, "server", 2, [](Env& env, const std::vector<NodeId>&) {
    env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  std::vector<int> answered;
  servers.AddClients("client", 2, [&](Env& env, int number) {
    for (const NodeId server : servers.addresses()) {
      EXPECT_TRUE(env.network().Call(server, "echo", "x").ok());
    }
    answered.push_back(number);
  });
  world.RunUntilIdle();
  EXPECT_EQ(answered.size(), 2);
  world.End();
}

TEST(ClusterTest, CrashesAndRestartsAll) {
  World world({.seed = Seed(1), .faults = fault::Calm()});
  int boots = 0;
  Cluster servers(world, "server", 2,
                  [&](Env& env, const std::vector<NodeId>&) {
                    ++boots;
                    env.tasks().WaitUntilStopped();
                  });
  world.RunUntilIdle();
  servers.node(0).Crash();
  servers.CrashAll();
  EXPECT_FALSE(servers.node(0).IsUp());
  EXPECT_FALSE(servers.node(1).IsUp());
  servers.RestartAll();
  servers.RestartAll();
  world.RunUntilIdle();
  EXPECT_EQ(boots, 4);
  world.End();
}

}  // namespace
}  // namespace reprise
