#include "reprise/sim/world/drawn_turns.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;

// Counts events, and adds up their values.
class Watcher final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    ++counts[event.kind];
    values[event.kind] += event.value;
  }
  std::map<EventKind, uint64_t> counts;
  std::map<EventKind, uint64_t> values;
};

// Three tasks of one node that become ready together, again and again.
class Crowd {
 public:
  static constexpr int kRounds = 200;

  Crowd(const TaskOptions& tasks, uint64_t seed, const Edits* edits = nullptr,
        const std::vector<const char*>& names = {"a", "b", "c"})
      : world_({.seed = Seed(seed), .faults = {.tasks = tasks}}) {
    if (edits != nullptr) world_.Follow(*edits);
    world_.decisions().Record();
    world_.trace().SetSink(&watcher);
    Node& node = world_.AddNode("node");
    for (const char* name : names) {
      node.Spawn(name, [this, name](Env& env) {
        for (int round = 1; round <= kRounds; ++round) {
          env.clock().SleepUntil(VirtualTime::Milliseconds(10 * round));
          order += name;
        }
      });
    }
    world_.RunUntilIdle();
  }

  FaultCounts counts() const { return world_.fault_counts(); }
  Schedule recorded() { return world_.decisions().recorded(); }

  Watcher watcher;
  std::string order;

 private:
  World world_;
};

std::string Repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(DrawnTurnsTest, TasksRunFirstComeFirstServedByDefault) {
  const Crowd crowd({}, 1);
  EXPECT_EQ(crowd.order, Repeat("abc", Crowd::kRounds));
  EXPECT_EQ(crowd.counts()[Fault::kTaskPassed], 0u);
}

TEST(DrawnTurnsTest, EachOrderOfThoseThatAreReadyIsSeen) {
  const Crowd crowd({.pass = {1, 2}, .pass_max = 2}, 1);
  std::map<std::string, int> seen;
  for (int round = 0; round < Crowd::kRounds; ++round) {
    ++seen[crowd.order.substr(3 * static_cast<size_t>(round), 3)];
  }
  EXPECT_EQ(seen.size(), 6u);
}

// Of two: the first is asked each time, the second where it was let pass.
TEST(DrawnTurnsTest, TurnsArePassedOnAsOftenAsAsked) {
  int64_t passed = 0;
  int64_t asked = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Crowd crowd({.pass = {1, 5}}, seed, nullptr, {"a", "b"});
    passed += static_cast<int64_t>(crowd.counts()[Fault::kTaskPassed]);
    asked += Crowd::kRounds + 1;  // It begins once, too.
    int64_t swaps = 0;
    for (const Decision& decision : crowd.recorded()) {
      swaps += decision.packet.starts_with("a ") ? 1 : 0;
    }
    asked += swaps;
    EXPECT_EQ(crowd.counts()[Fault::kTaskPassed],
              crowd.watcher.counts[EventKind::kTurnPassed]);
  }
  EXPECT_TRUE(IsAsFrequent(passed, asked, {1, 5}));
}

TEST(DrawnTurnsTest, TasksAreForgottenAsOftenAndAsLongAsAsked) {
  int64_t forgotten = 0;
  int64_t turns = 0;
  uint64_t nanoseconds = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Crowd crowd({.forget = {1, 10}, .forget_mean = Milliseconds(2)},
                      seed);
    forgotten += static_cast<int64_t>(crowd.counts()[Fault::kTaskForgotten]);
    turns += 3 * (Crowd::kRounds + 1);  // It begins once, too.
    nanoseconds += crowd.watcher.values.at(EventKind::kTaskForgotten);
  }
  EXPECT_TRUE(IsAsFrequent(forgotten, turns, {1, 10}));
  const double mean =
      static_cast<double>(nanoseconds) / static_cast<double>(forgotten);
  EXPECT_NEAR(mean, 2e6, 2e5);
}

TEST(DrawnTurnsTest, WhatWasRecordedAloneGivesTheSameRun) {
  const TaskOptions tasks = {
      .pass = {1, 5}, .forget = {1, 20}, .forget_mean = Milliseconds(3)};
  Crowd crowd(tasks, 7);
  const Edits edits = {.base = Base::kCalm, .schedule = crowd.recorded()};
  Crowd again(tasks, 8, &edits);
  EXPECT_EQ(again.order, crowd.order);
  EXPECT_EQ(again.recorded(), crowd.recorded());
}

TEST(DrawnTurnsTest, OneDecisionAloneLetsOneTurnPass) {
  const Edits edits = {.base = Base::kCalm,
                       .schedule = {{.entity = "node",
                                     .purpose = "task-passed",
                                     .value = 1,
                                     .packet = "b 0 #2"}}};
  const Crowd crowd({.pass = {1, 2}}, 1, &edits);
  // Its first turn is that in which it begins. Who runs first sleeps first.
  EXPECT_EQ(crowd.order.substr(0, 9), "abcacbacb");
  EXPECT_EQ(crowd.counts()[Fault::kTaskPassed], 1u);
}

// Who is forgotten just when its call ends for want of a reply gets none later.
TEST(DrawnTurnsTest, NoReplyComesAfterTheDeadline) {
  int forgotten = 0;
  int answered = 0;
  const FaultMix faults = {
      .tasks = {.forget = {1, 2}, .forget_mean = Milliseconds(20)}};
  for (uint64_t seed = 0; seed < 100; ++seed) {
    World world({.seed = Seed(seed), .faults = faults});
    Node& server = world.AddNode("server");
    server.OnBoot([](Env& env) {
      env.network().Serve("wait", [&env](NodeId, Bytes bytes) {
        env.clock().SleepFor(Milliseconds(5));
        return bytes;
      });
      env.tasks().WaitUntilStopped();
    });
    world.AddNode("client").Spawn([&](Env& env) {
      const CallOptions options = {.deadline = Milliseconds(4)};
      const VirtualTime start = env.clock().Now();
      answered += env.network().Call(server.id(), "wait", "", options).ok();
      forgotten += env.clock().Now() > start + Milliseconds(6) ? 1 : 0;
    });
    world.RunUntilIdle();
  }
  EXPECT_GT(forgotten, 10);
  EXPECT_EQ(answered, 0);
}

// The planted bug: the one that is told does not look whether it was told.
TEST(DrawnTurnsTest, ATaskThatTrustsInTheOrderFailsOnlyWhereItIsDrawn) {
  const auto fails = [](const TaskOptions& tasks, uint64_t seed) {
    World world({.seed = Seed(seed), .faults = {.tasks = tasks}});
    bool is_ready = false;
    bool has_failed = false;
    world.AddNode("node").Spawn([&](Env& env) {
      env.tasks().Spawn("prepare", [&] { is_ready = true; });
      env.tasks().Spawn("use", [&] { has_failed = !is_ready; });
    });
    world.RunUntilIdle();
    return has_failed;
  };
  int failures = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_FALSE(fails({}, seed));
    failures += fails({.pass = {1, 4}}, seed) ? 1 : 0;
  }
  EXPECT_GT(failures, 10);
}

}  // namespace
}  // namespace reprise
