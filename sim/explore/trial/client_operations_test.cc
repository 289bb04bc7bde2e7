#include "reprise/sim/explore/trial/client_operations.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

// Two clients, each of which sends three requests, 10 ms after one another.
void Talk(Trial& trial) {
  World& world = trial.NewWorld(fault::Harsh());
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("hear", [](NodeId, Bytes word) { return word; });
    env.tasks().WaitUntilStopped();
  });
  for (int client = 0; client < 2; ++client) {
    world.AddNode(NodeName("client", client)).Spawn([&, client](Env& env) {
      for (const int64_t i : trial.Operations(client, 3)) {
        (void)env.network().Call(server.id(), "hear", std::to_string(i),
                                 {.deadline = Milliseconds(5)});
        env.clock().SleepFor(Milliseconds(10));
      }
    });
  }
  trial.Run();
  trial.Expect(true, "talked", "");
}

RecordedTrial RunWith(Schedule schedule, Base base = Base::kCalm) {
  const Edits edits{.base = base, .schedule = std::move(schedule)};
  TrialArena arena;
  return RunRecordedTrial({.name = "talk", .run = Talk},
                          {.seed = Seed(3), .edits = &edits}, arena);
}

std::vector<std::string> Names(const RecordedTrial& trial) {
  std::vector<std::string> names;
  for (const BegunOperation& operation : trial.operations) {
    names.push_back(std::to_string(operation.client) + "." +
                    std::to_string(operation.index));
  }
  return names;
}

TEST(ClientOperationsTest, AreAllThereWithoutEdits) {
  EXPECT_THAT(Names(RunWith({})),
              ElementsAre("0.0", "1.0", "0.1", "1.1", "0.2", "1.2"));
}

TEST(ClientOperationsTest, MayBeLeftOut) {
  const RecordedTrial trial = RunWith({{"client 0", "operation-left-out", 1, 1},
                                       {"client 1", "client-left-out", 0, 1}});
  EXPECT_THAT(Names(trial), ElementsAre("0.0", "0.2"));
  EXPECT_THAT(trial.unused, IsEmpty());
  EXPECT_EQ(trial.result.network.calls, 2u);
}

TEST(ClientOperationsTest, AreAtMostSoMany) {
  EXPECT_THAT(Names(RunWith({{"client 0", "operations", 0, 2},
                             {"client 1", "operations", 0, 9}})),
              ElementsAre("0.0", "1.0", "0.1", "1.1", "1.2"));
}

TEST(ClientOperationsTest, BeginNoEarlierThanAnEditSays) {
  const auto late = static_cast<uint64_t>(Seconds(7).nanoseconds());
  const RecordedTrial trial = RunWith({{"client 0", "operation-start", 1, late},
                                       {"client 1", "operation-start", 1, 1}});
  EXPECT_THAT(Names(trial),
              ElementsAre("0.0", "1.0", "1.1", "1.2", "0.1", "0.2"));
  EXPECT_EQ(trial.operations[4].began, VirtualTime::Seconds(7));
  // It begins by itself after that.
  EXPECT_LT(trial.operations[2].began, VirtualTime::Seconds(1));
}

TEST(ClientOperationsTest, KnowTheLoopThatTheyAreOf) {
  const Scenario scenario = {
      .name = "loops", .run = [](Trial& trial) {
        trial.NewWorld(fault::Calm()).AddNode("client").Spawn([&](Env&) {
          for ([[maybe_unused]] int64_t i : trial.Operations(0, 2)) {
          }
          for ([[maybe_unused]] int64_t i : trial.Operations(0, 9, 100)) {
          }
        });
        trial.Run();
        trial.Expect(true, "ended", "");
      }};
  const Edits edits{.base = Base::kCalm,
                    .schedule = {{"client 0", "operations", 100, 2}}};
  TrialArena arena;
  const RecordedTrial trial =
      RunRecordedTrial(scenario, {.seed = Seed(1), .edits = &edits}, arena);
  EXPECT_THAT(Names(trial), ElementsAre("0.0", "0.1", "0.100", "0.101"));
  EXPECT_EQ(trial.operations[1].loop, 0);
  EXPECT_EQ(trial.operations[3].loop, 100);
}

TEST(ClientOperationsTest, NameThePacketsThatServeThem) {
  std::vector<std::string> packets;
  for (const Decision& decision : RunWith({}, Base::kSeed).schedule) {
    if (decision.purpose == "request-delay") {
      packets.push_back(decision.entity + " " + decision.packet);
    }
  }
  EXPECT_THAT(packets, Contains("client-0->server hear 0.0 #0"));
  EXPECT_THAT(packets, Contains("client-1->server hear 1.2 #0"));
}

TEST(ClientOperationsTest, ANodeMayBeLeftOut) {
  const RecordedTrial trial = RunWith({{"client-1", "node-left-out", 0, 1}});
  EXPECT_THAT(Names(trial), ElementsAre("0.0", "0.1", "0.2"));
  const RecordedTrial alone = RunWith({{"server", "node-left-out", 0, 1}});
  EXPECT_EQ(alone.result.network.calls, 6u);
  EXPECT_EQ(alone.result.network.handled, 0u);
}

TEST(ClientOperationsTest, WhatAReseedDecidesIsAnotherSeeds) {
  const auto run = [](std::vector<Reseed> reseeds) {
    const Edits edits{.base = Base::kCalm, .reseeds = std::move(reseeds)};
    TrialArena arena;
    return RunRecordedTrial({.name = "talk", .run = Talk},
                            {.seed = Seed(3), .edits = &edits}, arena);
  };
  EXPECT_THAT(run({}).schedule, IsEmpty());
  const auto after = VirtualTime() + Milliseconds(12);
  const RecordedTrial one = run({{after, Seed(5)}});
  EXPECT_THAT(one.schedule, Not(IsEmpty()));
  for (const Decision& decision : one.schedule) {
    if (!decision.purpose.starts_with("request-")) continue;
    EXPECT_NE(decision.packet, "hear 0.0 #0");
  }
  EXPECT_EQ(one.result.digest, run({{after, Seed(5)}}).result.digest);
  EXPECT_NE(one.result.digest, run({{after, Seed(6)}}).result.digest);
  // The last one answers.
  EXPECT_EQ(
      run({{after, Seed(6)}, {after + Nanoseconds(1), Seed(5)}}).result.digest,
      one.result.digest);
}

// A trial is what its recorded edits say, and nothing else.
TEST(ClientOperationsTest, ARecordedRunOfEditsPlaysAlike) {
  const RecordedTrial first =
      RunWith({{"client 0", "operation-left-out", 1, 1},
               {"client 1", "operation-start", 2, 3'000'000'000}},
              Base::kSeed);
  const RecordedTrial again = RunWith(first.schedule);
  EXPECT_EQ(again.result.digest, first.result.digest);
  EXPECT_EQ(again.schedule, first.schedule);
  EXPECT_THAT(again.unused, IsEmpty());
}

}  // namespace
}  // namespace reprise
