#include "reprise/sim/explore/trial/trial_observation.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/offered.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TrialResult RunOnce(const std::function<void(Trial&)>& run) {
  const Scenario scenario{.name = "observed", .run = run};
  return RunTrial(scenario, {.seed = Seed(5)});
}

// A server that counts its calls and offers the number, and a client that calls
// it ten times, once every two milliseconds.
struct Counting {
  explicit Counting(Trial& trial, const FaultMix& faults = fault::Harsh())
      : world(trial.NewWorld(faults)),
        server(world.AddNode("server")),
        client(world.AddNode("client")) {
    server.OnBoot([](Env& env) {
      int calls = 0;
      const Offered<int> offered(env, "calls", calls);
      env.network().Serve("count", [&](NodeId, Bytes) {
        ++calls;
        return Bytes();
      });
      env.tasks().WaitUntilStopped();
    });
    client.Spawn([this](Env& env) {
      for (int i = 0; i < 10; ++i) {
        (void)env.network().Call(server.id(), "count", "x",
                                 {.deadline = Milliseconds(50)});
        env.clock().SleepFor(Milliseconds(2));
      }
    });
  }

  World& world;
  Node& server;
  Node& client;
};

TEST(TrialObservationTest, EveryLooksAtEachMultipleWhileTheWorldIsBusy) {
  std::vector<VirtualTime> looks;
  RunOnce([&](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    world.AddNode("host").Spawn(
        [](Env& env) { env.clock().SleepFor(Milliseconds(35)); });
    trial.Every(Milliseconds(10), [&] { looks.push_back(world.now()); });
    trial.Run();
    EXPECT_EQ(world.now(), VirtualTime::Milliseconds(35));
  });
  EXPECT_THAT(looks, ElementsAre(VirtualTime::Milliseconds(10),
                                 VirtualTime::Milliseconds(20),
                                 VirtualTime::Milliseconds(30)));
}

TEST(TrialObservationTest, LookingOnChangesNothing) {
  const TrialResult alone = RunOnce([](Trial& trial) {
    const Counting counting(trial);
    trial.Run();
  });
  int looks = 0;
  const TrialResult watched = RunOnce([&](Trial& trial) {
    const Counting counting(trial);
    trial.Every(Microseconds(300), [&] { ++looks; });
    trial.AfterEach(EventKind::kRequestDelivered, [&] { ++looks; });
    trial.BeforeStop([&](NodeId) { ++looks; });
    trial.Run();
  });
  EXPECT_GT(looks, 20);
  EXPECT_EQ(watched.digest, alone.digest);
  EXPECT_EQ(watched.events, alone.events);
  EXPECT_EQ(watched.virtual_time, alone.virtual_time);
  EXPECT_EQ(watched.faults, alone.faults);
}

TEST(TrialObservationTest, AnInvariantThatFailsAtAnInstantIsAViolation) {
  const TrialResult result = RunOnce([](Trial& trial) {
    Counting counting(trial, fault::Calm());
    trial.Every(Milliseconds(1), [&] {
      const int* calls = trial.Read<int>(counting.server.id(), "calls");
      if (calls == nullptr || *calls < 4) return;
      trial.ViolateAndStop("few-calls", "there were four calls");
    });
    trial.Run();
  });
  EXPECT_EQ(result.verdict.property, "few-calls");
  EXPECT_LT(result.virtual_time, VirtualTime::Milliseconds(15));
}

TEST(TrialObservationTest, AfterEachNamesTheViolatingEvent) {
  const TrialResult result = RunOnce([](Trial& trial) {
    Counting counting(trial, fault::Calm());
    trial.AfterEach(EventKind::kRequestDelivered, [&] {
      const int* calls = trial.Read<int>(counting.server.id(), "calls");
      ASSERT_NE(calls, nullptr);
      trial.Expect(*calls != 3, "never-three", "the third call was counted");
    });
    trial.Run();
  });
  EXPECT_EQ(result.verdict.property, "never-three");
  EXPECT_THAT(result.verdict.message,
              AllOf(HasSubstr("the third call was counted\nafter the event\n"),
                    HasSubstr("server"), HasSubstr("client")));
  EXPECT_TRUE(result.verdict.also.empty());
}

TEST(TrialObservationTest, AfterEachLooksWhenTheEventHasHadItsEffect) {
  std::vector<int> counts;
  RunOnce([&](Trial& trial) {
    Counting counting(trial, fault::Calm());
    trial.AfterEach(EventKind::kRequestDelivered, [&] {
      counts.push_back(*trial.Read<int>(counting.server.id(), "calls"));
    });
    trial.Run();
  });
  EXPECT_THAT(counts, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

TEST(TrialObservationTest, ReadsWhatANodeOffersAtItsCrashAndNotAfterIt) {
  int at_crash = -1;
  RunOnce([&](Trial& trial) {
    Counting counting(trial, fault::Calm());
    trial.BeforeStop([&](NodeId node) {
      EXPECT_EQ(node, counting.server.id());
      at_crash = *trial.Read<int>(node, "calls");
    });
    trial.RunUntilIdle();
    counting.server.Crash();
    EXPECT_EQ(trial.Read<int>(counting.server.id(), "calls"), nullptr);
    counting.server.Restart();
    trial.RunUntilIdle();
    EXPECT_EQ(*trial.Read<int>(counting.server.id(), "calls"), 0);
    EXPECT_EQ(trial.Read<int>(counting.client.id(), "calls"), nullptr);
    trial.Run();
  });
  EXPECT_EQ(at_crash, 10);
}

TEST(TrialObservationDeathTest, ReadsAValueByItsTypeOnly) {
  EXPECT_DEATH(RunOnce([](Trial& trial) {
                 Counting counting(trial, fault::Calm());
                 trial.RunUntilIdle();
                 trial.Read<double>(counting.server.id(), "calls");
               }),
               "expects another type");
}

// A node that does something each ten milliseconds, for ever.
void Tick(World& world, const std::function<void(Env&)>& something) {
  world.AddNode("ticker").OnBoot([something](Env& env) {
    for (;;) {
      env.clock().SleepFor(Milliseconds(10));
      something(env);
    }
  });
}

TEST(TrialObservationTest, ACalmWithoutWhatItForbidsHolds) {
  int looks = 0;
  const TrialResult result = RunOnce([&](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Tick(world, [&](Env& env) {
      if (env.clock().Now() > VirtualTime::Milliseconds(150)) return;
      Reached("observation.elected"_mark);
    });
    trial.RunCalm({.settle = Milliseconds(200),
                   .length = Milliseconds(100),
                   .no_events = {EventKind::kNodeStopped},
                   .no_marks = {"observation.elected"},
                   .look = [&] { ++looks; }});
    EXPECT_EQ(world.now(), VirtualTime::Milliseconds(300));
    trial.End();
  });
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds) << result.verdict.message;
  EXPECT_EQ(looks, 10);
}

TEST(TrialObservationTest, AMarkThatIsReachedInCalmViolatesIt) {
  const TrialResult result = RunOnce([](Trial& trial) {
    Tick(trial.NewWorld(fault::Calm()),
         [](Env&) { Reached("observation.elected"_mark); });
    trial.RunCalm(
        {.length = Milliseconds(100), .no_marks = {"observation.elected"}});
    trial.End();
  });
  EXPECT_EQ(result.verdict.property, "calm");
  EXPECT_THAT(result.verdict.message,
              HasSubstr("\"observation.elected\" was reached 10 times"));
}

TEST(TrialObservationTest, AnEventThatIsForbiddenInCalmViolatesIt) {
  const TrialResult result = RunOnce([](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    Tick(world, [&](Env&) { world.Note("an election"); });
    trial.RunCalm(
        {.length = Milliseconds(50), .no_events = {EventKind::kNote}});
    trial.End();
  });
  EXPECT_EQ(result.verdict.property, "calm");
  EXPECT_THAT(result.verdict.message, HasSubstr("an election"));
}

// What a trial of `Counting` shows, whose server is described by its calls and
// found at fault with the fourth.
struct Described {
  RecordedTrial recorded;
  std::vector<ListedEvent> asides;
  int asked = 0;
};

Described Describe(TrialOptions options, bool shows_asides) {
  Described described;
  EventList list;
  const Scenario scenario{
      .name = "described", .run = [&](Trial& trial) {
        Counting counting(trial);
        trial.DescribeNodes([&](NodeId node) -> NodeState {
          ++described.asked;
          const int* calls = trial.Read<int>(node, "calls");
          if (calls == nullptr) return {};
          return {.headline = *calls < 2 ? "warms up" : "serves",
                  .stands_out = *calls >= 2,
                  .facts = {{"calls", std::to_string(*calls)}}};
        });
        trial.Every(Milliseconds(1), [&] {
          const int* calls = trial.Read<int>(counting.server.id(), "calls");
          if (calls == nullptr || *calls < 4) return;
          trial.ViolateAndStop("few-calls", "there were four calls");
        });
        trial.Run();
      }};
  options.seed = Seed(5);
  options.sink = &list;
  options.shows_asides = shows_asides;
  TrialArena arena;
  if (options.record_decisions) {
    described.recorded = RunRecordedTrial(scenario, options, arena);
  } else {
    described.recorded.result = RunTrial(scenario, options, arena);
  }
  for (const ListedEvent& each : list.asides()) {
    if (each.event.kind == EventKind::kNodeDescribed) {
      described.asides.push_back(each);
    }
  }
  return described;
}

TEST(TrialObservationTest, SaysWhatNodesWereAtTheViolation) {
  const Described described = Describe({.record_decisions = true}, false);
  EXPECT_THAT(described.recorded.result.nodes,
              ElementsAre(DescribedNode{"server",
                                        {.headline = "serves",
                                         .stands_out = true,
                                         .facts = {{"calls", "4"}}}}));
}

TEST(TrialObservationTest, ShowsWhatNodesBecome) {
  const Described described = Describe({.record_decisions = true}, true);
  std::vector<std::string> shown;
  for (const ListedEvent& each : described.asides) {
    const NodeState state = NodeStateOfText(each.content);
    shown.push_back((each.event.id == 1 ? "at the violation: " : "") +
                    state.headline + " " + state.facts[0].value);
  }
  EXPECT_THAT(shown,
              ElementsAre("warms up 0", "warms up 1", "serves 2", "serves 3",
                          "serves 4", "at the violation: serves 4"));
}

// Also where nothing else happens to the node any more.
TEST(TrialObservationTest, ShowsWhatANodeBecomesAsItLogsSo) {
  EventList list;
  const Scenario scenario{
      .name = "described", .run = [](Trial& trial) {
        Node& node = trial.NewWorld(fault::Calm()).AddNode("server");
        trial.DescribeNodes([&](NodeId id) -> NodeState {
          const int* term = trial.Read<int>(id, "term");
          if (term == nullptr) return {};
          return {.headline = "leads term " + std::to_string(*term)};
        });
        node.Spawn([](Env& env) {
          int term = 1;
          const Offered<int> offered(env, "term", term);
          env.clock().SleepFor(Milliseconds(1));
          term = 2;
          env.Log(LogLevel::kInfo, "leads", {{"term", term}});
          env.clock().SleepFor(Milliseconds(1));
        });
        trial.Run();
      }};
  TrialArena arena;
  RunTrial(scenario, {.seed = Seed(5), .sink = &list, .shows_asides = true},
           arena);
  std::vector<std::string> shown;
  for (const ListedEvent& each : list.asides()) {
    if (each.event.kind != EventKind::kNodeDescribed) continue;
    const NodeState state = NodeStateOfText(each.content);
    if (state.IsKnown()) shown.push_back(state.headline);
  }
  EXPECT_THAT(shown, ElementsAre("leads term 1", "leads term 2"));
}

TEST(TrialObservationTest, AsksForNoStateWhereNothingIsRecorded) {
  const Described described = Describe({}, false);
  EXPECT_EQ(described.asked, 0);
  EXPECT_TRUE(described.recorded.result.nodes.empty());
  EXPECT_EQ(described.recorded.result.verdict.property, "few-calls");
}

TEST(TrialObservationTest, DescribingNodesChangesNothing) {
  const TrialResult with =
      Describe({.record_decisions = true}, true).recorded.result;
  const TrialResult without = Describe({}, false).recorded.result;
  EXPECT_EQ(DescribeResult(with), DescribeResult(without));
}

TEST(TrialObservationTest, SaysWhatNodesWereBeforeTheEndOfTheWorld) {
  const Scenario scenario{
      .name = "described", .run = [](Trial& trial) {
        Counting counting(trial, fault::Calm());
        trial.DescribeNodes([&](NodeId node) -> NodeState {
          const int* calls = trial.Read<int>(node, "calls");
          if (calls == nullptr) return {};
          return {.headline = "met " + std::to_string(*calls)};
        });
        trial.Run();
        trial.Violate("late", "it is judged when the world is gone");
      }};
  TrialArena arena;
  const RecordedTrial recorded =
      RunRecordedTrial(scenario, {.seed = Seed(5)}, arena);
  EXPECT_THAT(recorded.result.nodes,
              ElementsAre(DescribedNode{"server", {.headline = "met 10"}}));
}

TEST(TrialObservationTest, SaysThatANodeIsDown) {
  const Scenario scenario{
      .name = "described", .run = [](Trial& trial) {
        Counting counting(trial, fault::Calm());
        trial.DescribeNodes([](NodeId) -> NodeState { return {}; });
        trial.Every(Milliseconds(5), [&] {
          if (counting.server.IsUp()) return;
          trial.ViolateAndStop("down", "the server is down");
        });
        counting.world.script().Crash(
            {VirtualTime::Milliseconds(4), Milliseconds(10)},
            counting.server.id());
        trial.Run();
      }};
  TrialArena arena;
  const RecordedTrial recorded =
      RunRecordedTrial(scenario, {.seed = Seed(5)}, arena);
  EXPECT_THAT(recorded.result.nodes,
              ElementsAre(DescribedNode{"server", {.headline = "is down"}}));
}

}  // namespace
}  // namespace reprise
