// Outages of one kind that overlap on one node or link: scripted, drawn and by
// hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using ::testing::ElementsAre;

constexpr VirtualTime At(int64_t milliseconds) {
  return VirtualTime::Milliseconds(milliseconds);
}

// The kinds of events that begin or end something, and when.
class Changes final : public TraceSink {
 public:
  explicit Changes(World& world) { world.trace().SetSink(this); }
  void OnEvent(const TraceEvent& event, std::string_view) override {
    const int64_t at = event.time.nanoseconds() / 1'000'000;
    const auto add = [&](std::string_view what) {
      seen.push_back(absl::StrCat(at, " ", ToAbsl(what)));
    };
    switch (event.kind) {
      case EventKind::kLinkCut:
        return add("cut");
      case EventKind::kLinkConnected:
        return add("connected");
      case EventKind::kNodePaused:
        return add("paused");
      case EventKind::kNodeResumed:
        return add("resumed");
      case EventKind::kNodeStopped:
        return add("down");
      case EventKind::kNodeBooted:
        return add("up");
      case EventKind::kNodeSlowed:
        return add(absl::StrCat("slow ", event.value / 1'000'000));
      default:
        return;
    }
  }

  std::vector<std::string> seen;
};

// A world with two nodes, what befell them, and what does it.
struct TwoNodes {
  World world{{.seed = Seed(1)}};
  Node& a = world.AddNode("a");
  Node& b = world.AddNode("b");
  FaultScript& script = world.script();
  Changes changes{world};

  TwoNodes() {
    a.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
    changes.seen.clear();
  }
  std::vector<std::string> Run() {
    world.RunUntilIdle();
    return changes.seen;
  }
};

Span From(int64_t begin, int64_t end) {
  return {At(begin), Milliseconds(end - begin)};
}

TEST(OverlapTest, OverlappingCutsEndWithTheLast) {
  TwoNodes nodes;
  nodes.script.Cut(From(10, 30), nodes.a.id(), nodes.b.id());
  nodes.script.Cut(From(20, 50), nodes.a.id(), nodes.b.id());
  nodes.script.Cut(From(22, 24), nodes.a.id(), nodes.b.id());
  EXPECT_THAT(nodes.Run(), ElementsAre("10 cut", "50 connected"));
}

TEST(OverlapTest, CutsByHandAndScriptedOnesEndOnTheirOwn) {
  TwoNodes nodes;
  const auto connect = [&nodes](bool is_connected) {
    return [&nodes, is_connected] {
      nodes.world.SetConnected(nodes.a.id(), nodes.b.id(), is_connected);
    };
  };
  nodes.script.Do(At(5), connect(false));
  nodes.script.Cut(From(10, 30), nodes.a.id(), nodes.b.id());
  nodes.script.Do(At(20), connect(true));
  nodes.script.Cut(From(50, 60), nodes.a.id(), nodes.b.id());
  nodes.script.Do(At(55), connect(false));
  nodes.script.Do(At(70), connect(true));
  EXPECT_THAT(nodes.Run(),
              ElementsAre("5 cut", "30 connected", "50 cut", "70 connected"));
}

TEST(OverlapTest, OfOverlappingDelaysTheLongestCounts) {
  TwoNodes nodes;
  const auto slow = [&nodes](Span span, int64_t delay) {
    nodes.script.Slow(span, nodes.a.id(), Milliseconds(delay));
  };
  slow(From(10, 90), 5);
  slow(From(20, 40), 3);
  slow(From(30, 60), 8);
  slow(From(50, 70), 7);
  nodes.script.Do(At(65), [&nodes] {
    nodes.world.SlowDown(nodes.a.id(), Milliseconds(6));
  });
  nodes.script.Do(At(80), [&nodes] {
    nodes.world.SlowDown(nodes.a.id(), Milliseconds(0));
  });
  EXPECT_THAT(nodes.Run(), ElementsAre("10 slow 5", "30 slow 8", "60 slow 7",
                                       "70 slow 6", "80 slow 5", "90 slow 0"));
}

TEST(OverlapTest, OverlappingPausesEndWithTheLast) {
  TwoNodes nodes;
  nodes.script.Pause(From(10, 30), nodes.a.id());
  nodes.script.Pause(From(20, 50), nodes.a.id());
  nodes.script.Do(At(40), [&nodes] { nodes.a.Resume(); });
  nodes.script.Do(At(45), [&nodes] { nodes.a.Pause(); });
  nodes.script.Do(At(60), [&nodes] { nodes.a.Resume(); });
  EXPECT_THAT(nodes.Run(), ElementsAre("10 paused", "60 resumed"));
}

TEST(OverlapTest, OverlappingCrashesEndWithTheLast) {
  TwoNodes nodes;
  nodes.script.Crash(From(10, 30), nodes.a.id());
  nodes.script.Crash(From(20, 50), nodes.a.id());
  EXPECT_THAT(nodes.Run(), ElementsAre("10 down", "50 up"));
}

TEST(OverlapTest, LeavesANodeDownThatTheScenarioTookDown) {
  TwoNodes nodes;
  nodes.script.Do(At(5), [&nodes] { nodes.a.Crash(); });
  nodes.script.Crash(From(10, 30), nodes.a.id());
  nodes.script.Pause(From(15, 20), nodes.a.id());
  nodes.script.Do(At(40), [&nodes] { nodes.a.Restart(); });
  EXPECT_THAT(nodes.Run(), ElementsAre("5 down", "40 up"));
}

TEST(OverlapTest, APauseOutlastsACrash) {
  TwoNodes nodes;
  nodes.script.Pause(From(10, 50), nodes.a.id());
  nodes.script.Crash(From(20, 30), nodes.a.id());
  nodes.script.Crash(From(60, 80), nodes.a.id());
  nodes.script.Pause(From(70, 90), nodes.a.id());
  EXPECT_THAT(nodes.Run(), ElementsAre("10 paused", "20 down", "30 up",
                                       "30 paused", "50 resumed", "60 down",
                                       "80 up", "80 paused", "90 resumed"));
}

TEST(OverlapTest, PartitionsAddUp) {
  Pair pair({}, 1, At(200));
  const NodeId server = pair.server.id();
  const Partition partition = Partition::Split({server}, {pair.client.id()});
  pair.world.script().Partition(From(20, 60), partition);
  pair.world.script().Partition(From(40, 100), partition);
  pair.world.RunUntil(At(20));
  const int before = pair.answered;
  pair.world.RunUntil(At(100));
  EXPECT_EQ(pair.answered, before);
  pair.world.RunUntilIdle();
  EXPECT_GT(pair.answered, before);
}

TEST(OverlapTest, AScriptedClogEndsADrawnOne) {
  FaultMix faults;
  faults.network.links = {
      {.from = "client", .clog = {.start = {1, 1}, .minimum = Seconds(5)}}};
  Pair pair(faults, 1, At(1000));
  pair.world.script().Clog(From(100, 155), pair.client.id(), pair.server.id());
  pair.world.script().Clog(From(110, 120), pair.client.id(), pair.server.id());
  pair.world.RunUntil(At(154));
  EXPECT_EQ(pair.answered, 1);
  pair.world.RunUntil(At(156));
  EXPECT_EQ(pair.answered, 2);
}

// A delay shorter than the pause between two draws ends a drawn one, too.
TEST(OverlapTest, AScriptedDelayEndsADrawnOne) {
  FaultMix faults;
  faults.nodes.slow = {.start = {1, 1}, .minimum = Seconds(5)};
  faults.nodes.slow_delay = Milliseconds(7);
  Pair pair(faults, 1, At(100));
  Changes changes(pair.world);
  pair.world.script().Slow(From(21, 25), pair.server.id(), Milliseconds(3));
  pair.world.RunUntilIdle();
  EXPECT_THAT(changes.seen, ElementsAre("10 slow 7", "21 slow 3", "25 slow 0"));
}

TEST(OverlapTest, AReplayDecidesHowLongAClogLasts) {
  const Schedule schedule = {{"script", "clog", 0, 20'000'000}};
  Pair pair({}, 1, At(200), &schedule);
  pair.world.script().Clog(From(100, 155), pair.client.id(), pair.server.id());
  pair.world.RunUntil(At(119));
  const int before = pair.answered;
  pair.world.RunUntil(At(121));
  EXPECT_EQ(pair.answered, before + 1);
}

}  // namespace
}  // namespace reprise
