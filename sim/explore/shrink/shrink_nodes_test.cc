// Shrinking as it leaves out nodes.

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Le;

// Of five nodes that call each other one is needed: that which a call was lost
// to. No decision of the run names most of the others.
TEST(ShrinkNodesTest, LeavesOutThoseThatTheFailureNeedsNot) {
  constexpr int kPeers = 5;
  const Scenario scenario = {
      .name = "peers", .run = [](Trial& trial) {
        World& world = trial.NewWorld(fault::Lab{.reliable = false});
        std::vector<NodeId> peers;
        for (int i = 0; i < kPeers; ++i) {
          peers.push_back(world.AddNode(absl::StrCat("peer-", i)).id());
        }
        for (const NodeId self : peers) {
          if (world.node(self).IsLeftOut()) continue;
          world.node(self).Spawn([&trial, &peers, self](Env& env) {
            env.network().Serve("meet", [](NodeId, Bytes) { return Bytes(); });
            for (const NodeId peer : peers) {
              if (peer == self) continue;
              const bool is_lost =
                  !env.network().Call(peer, "meet", Bytes()).ok();
              trial.Expect(!is_lost || self != peers[1] || peer != peers[2],
                           "heard", "peer-1 did not hear peer-2");
            }
          });
        }
        trial.Run();
        trial.Expect(true, "judged", "");
      }};
  Timeline timeline = {.seed = Seed(0)};
  while (RunTrial(scenario, {.seed = timeline.seed}).verdict.kind !=
         VerdictKind::kViolated) {
    timeline.seed = Seed(timeline.seed.value() + 1);
  }
  const absl::StatusOr<Shrunk> shrunk = Shrink(scenario, "", timeline, {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->before.servers, 5u);
  EXPECT_THAT(shrunk->after.servers, Le(2u));
  EXPECT_EQ(shrunk->after.faults, 1u);
}

// Five nodes of which each says that something is wrong, without a fault.
TEST(ShrinkNodesTest, NeedsNoFaultWhereTheScenarioLetsThemBeMissing) {
  Scenario scenario = {
      .name = "bells", .run = [](Trial& trial) {
        World& world = trial.NewWorld(fault::Lab{});
        Node& tower = world.AddNode("tower");
        tower.Spawn([&](Env& env) {
          env.network().Serve("ring", [&](NodeId, Bytes) {
            trial.Violate("silence", "a bell rang");
            return Bytes();
          });
        });
        for (int i = 0; i < 4; ++i) {
          Node& bell = world.AddNode(absl::StrCat("bell-", i));
          if (bell.IsLeftOut()) continue;
          bell.Spawn([&tower](Env& env) {
            env.network().Serve("hush", [](NodeId, Bytes) { return Bytes(); });
            static_cast<void>(env.network().Call(tower.id(), "ring", Bytes()));
          });
          tower.Spawn([&bell](Env& env) {
            static_cast<void>(env.network().Call(bell.id(), "hush", Bytes()));
          });
        }
        trial.Run();
        trial.Expect(true, "judged", "");
      }};
  const Timeline timeline = {.seed = Seed(0)};
  const absl::StatusOr<Shrunk> whole = Shrink(scenario, "", timeline, {});
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->after.servers, 5u);
  scenario.lets_nodes_be_missing = true;
  const absl::StatusOr<Shrunk> part = Shrink(scenario, "", timeline, {});
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->after.servers, 2u);
}

}  // namespace
}  // namespace reprise
