// What is kept and shown of nodes that a scenario describes.

#include <ctime>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;

// A line break or a tab is a blank, as in what is shown and in what comes from
// a process of its own.
TEST(DescribedNodesTest, AreKeptInWordsOfOneLine) {
  const Scenario scenario{
      .name = "described", .run = [](Trial& trial) {
        Node& node = trial.NewWorld(fault::Calm()).AddNode("server");
        trial.DescribeNodes([](NodeId) -> NodeState {
          return {.headline = "leads\nterm 2", .facts = {{"l\tog", "1\n2"}}};
        });
        node.Spawn([&](Env&) { trial.Violate("loss", "c is gone"); });
        trial.Run();
      }};
  TrialArena arena;
  const TrialResult result =
      RunRecordedTrial(scenario, {.seed = Seed(5)}, arena).result;
  EXPECT_THAT(
      result.nodes,
      ElementsAre(DescribedNode{
          "server", {.headline = "leads term 2", .facts = {{"l og", "1 2"}}}}));
}

// What the sandbox forbids is judged after the run and comes first; what the
// run has violated is then violated anew.
TEST(DescribedNodesTest, AreShownOnceWhereTheSandboxHasTheLastWord) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  EventList list;
  const Scenario scenario{
      .name = "described", .run = [](Trial& trial) {
        Node& node = trial.NewWorld(fault::Calm()).AddNode("server");
        int value = 1;
        trial.DescribeNodes([&](NodeId) -> NodeState {
          return {.headline = "has " + std::to_string(value)};
        });
        node.Spawn([&](Env& env) {
          // tidy: allow(wall-clock) what the sandbox must notice
          std::time(nullptr);
          trial.Violate("loss", "c is gone");
          value = 2;
          env.clock().SleepFor(Milliseconds(1));
        });
        trial.Run();
      }};
  TrialArena arena;
  const TrialResult result =
      RunRecordedTrial(scenario,
                       {.seed = Seed(5), .sink = &list, .shows_asides = true},
                       arena)
          .result;
  EXPECT_EQ(result.verdict.property, "sandbox");
  EXPECT_THAT(result.nodes,
              ElementsAre(DescribedNode{"server", {.headline = "has 1"}}));
  std::vector<std::string> shown;
  for (const ListedEvent& each : list.asides()) {
    const bool is_of_violation = each.event.id == 1;
    if (each.event.kind != EventKind::kNodeDescribed || !is_of_violation) {
      continue;
    }
    shown.push_back(NodeStateOfText(each.content).headline);
  }
  EXPECT_THAT(shown, ElementsAre("has 1"));
}

}  // namespace
}  // namespace reprise
