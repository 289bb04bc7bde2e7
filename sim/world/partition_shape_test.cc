#include "reprise/sim/world/partition_shape.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A partition at one tick in ten, of no shape.
FaultMix ShapelessMix() {
  FaultMix faults;
  faults.partitions.outage = {
      .start = {1, 10}, .minimum = Milliseconds(5), .mean = Milliseconds(5)};
  faults.partitions.halves = faults.partitions.isolate_one = false;
  faults.partitions.random_groups = faults.partitions.bridge = false;
  faults.partitions.ring_of_majorities = false;
  return faults;
}

struct ShapeCase {
  const char* name;
  bool PartitionOptions::*shape;
  bool is_one_way = false;
};

constexpr ShapeCase kShapes[] = {
    {"halves", &PartitionOptions::halves},
    {"halves one way", &PartitionOptions::halves, true},
    {"one", &PartitionOptions::isolate_one},
    {"one one way", &PartitionOptions::isolate_one, true},
    {"groups", &PartitionOptions::random_groups},
    {"bridge", &PartitionOptions::bridge},
    {"ring", &PartitionOptions::ring_of_majorities},
};

FaultMix MixOf(const ShapeCase& shape, bool parts_clients) {
  FaultMix faults = ShapelessMix();
  faults.partitions.*shape.shape = true;
  if (shape.is_one_way) faults.partitions.one_way = {1, 1};
  faults.partitions.parts_clients = parts_clients;
  return faults;
}

// What came of two seconds of servers and a client that do nothing.
struct Outcome {
  std::vector<std::string> partitions = {};  // What was cut, as pairs.
  Schedule recorded = {};
  Schedule unused = {};
  std::vector<UnfitEdit> unfit = {};
  uint64_t digest = 0;
};

Outcome RunWorld(const FaultMix& faults, int servers, uint64_t seed,
                 const std::optional<Edits>& edits = {},
                 const std::string& role = "server") {
  EventCounter events;
  World world({.seed = Seed(seed), .faults = faults});
  world.trace().SetSink(&events);
  if (edits) world.Follow(*edits);
  world.decisions().Record();
  for (int i = 0; i < servers; ++i) {
    world.AddNode(NodeName(role, i)).OnBoot([](Env& env) {
      env.tasks().WaitUntilStopped();
    });
  }
  world.AddNode("client").Spawn(
      [](Env& env) { env.clock().SleepFor(Seconds(2)); });
  world.RunUntilIdle();
  return {events.partitions, world.decisions().recorded(),
          world.decisions().Unused(), world.decisions().unfit(),
          world.trace().digest()};
}

Edits Calm(const Schedule& schedule) {
  return {.base = Base::kCalm, .schedule = schedule};
}

// A partition of three servers at the first tick, of this shape.
Edits OneOf(const std::string& words) {
  return Calm({{"world", "partition", 1, 1'000'000'000},
               {"world", "partition-shape", 1, 0, "", words}});
}

std::vector<std::string> WordsOf(const Schedule& schedule) {
  std::vector<std::string> words;
  for (const Decision& decision : schedule) {
    if (decision.purpose != "partition-shape") continue;
    words.push_back(decision.words.empty() ? std::to_string(decision.value)
                                           : decision.words);
  }
  return words;
}

TEST(PartitionShapeTest, WhatIsRecordedInWordsPlaysAlikeWhateverTheShape) {
  for (const ShapeCase& shape : kShapes) {
    for (const int servers : {1, 2, 3, 4, 5, 7}) {
      for (const bool parts_clients : {false, true}) {
        const FaultMix faults = MixOf(shape, parts_clients);
        const Outcome drawn = RunWorld(faults, servers, 3);
        EXPECT_THAT(WordsOf(drawn.recorded),
                    Contains(testing::AnyOf(HasSubstr("{"), HasSubstr("-/->"),
                                            "nothing")));
        for (const Decision& decision : drawn.recorded) {
          EXPECT_EQ(decision.words.empty(),
                    decision.purpose != "partition-shape");
        }
        const Outcome played =
            RunWorld(faults, servers, 3, Calm(drawn.recorded));
        EXPECT_EQ(played.digest, drawn.digest) << shape.name << " " << servers;
        EXPECT_EQ(played.recorded, drawn.recorded) << shape.name;
        EXPECT_THAT(played.unused, IsEmpty());
        EXPECT_THAT(played.unfit, IsEmpty());
      }
    }
  }
}

TEST(PartitionShapeTest, WordsCutTheSameWhateverTheSeed) {
  for (const ShapeCase& shape : kShapes) {
    const FaultMix faults = MixOf(shape, false);
    const Outcome drawn = RunWorld(faults, 5, 3);
    const Outcome played = RunWorld(faults, 5, 4, Calm(drawn.recorded));
    EXPECT_THAT(drawn.partitions, Contains(HasSubstr("server-")));
    EXPECT_EQ(played.partitions, drawn.partitions) << shape.name;
    EXPECT_NE(RunWorld(faults, 5, 4).partitions, drawn.partitions)
        << shape.name;
  }
}

TEST(PartitionShapeTest, WordsCutWhatTheySayWhateverTheMix) {
  const FaultMix faults = MixOf(kShapes[0], false);
  EXPECT_THAT(RunWorld(faults, 3, 1, OneOf("server-1 | client")).partitions,
              ElementsAre("server-1->client, client->server-1"));
  EXPECT_THAT(RunWorld(faults, 3, 1, OneOf("server-0 -/-> server-1 server-2"))
                  .partitions,
              ElementsAre("server-0->server-1, server-0->server-2"));
  EXPECT_THAT(RunWorld(faults, 3, 1, OneOf("nothing")).partitions,
              ElementsAre(""));
}

TEST(PartitionShapeTest, ANumberDrawsAShape) {
  const FaultMix faults = MixOf(kShapes[0], false);
  for (const uint64_t word : {0u, 1u, 17u}) {
    const Outcome played =
        RunWorld(faults, 3, 1,
                 Calm({{"world", "partition", 1, 1'000'000'000},
                       {"world", "partition-shape", 1, word}}));
    EXPECT_THAT(played.partitions, ElementsAre(HasSubstr("server-")));
    EXPECT_THAT(WordsOf(played.recorded), ElementsAre(HasSubstr("{server-")));
  }
}

TEST(PartitionShapeTest, APartitionOfACalmShapeCutsNothing) {
  const Outcome played =
      RunWorld(MixOf(kShapes[0], false), 3, 1,
               Calm({{"world", "partition", 1, 1'000'000'000}}));
  EXPECT_THAT(played.partitions, ElementsAre(""));
  EXPECT_THAT(WordsOf(played.recorded), IsEmpty());
}

TEST(PartitionShapeTest, NodesThatAreLeftOutAreDropped) {
  Edits edits = OneOf("{server-0 server-1} | {server-2}");
  edits.schedule.push_back({"server-1", "node-left-out", 0, 1});
  const Outcome played = RunWorld(MixOf(kShapes[0], false), 3, 1, edits);
  EXPECT_THAT(played.partitions,
              ElementsAre("server-0->server-2, server-2->server-0"));
  EXPECT_THAT(played.unfit, IsEmpty());
}

TEST(PartitionShapeTest, SaysWhereNothingIsLeftToCut) {
  Edits edits = OneOf("{server-0} | {server-1}");
  edits.schedule.push_back({"server-1", "node-left-out", 0, 1});
  const Outcome played = RunWorld(MixOf(kShapes[0], false), 3, 1, edits);
  EXPECT_THAT(played.partitions, ElementsAre(""));
  ASSERT_THAT(played.unfit, SizeIs(1));
  EXPECT_EQ(played.unfit[0].edit, edits.schedule[1]);
  EXPECT_EQ(played.unfit[0].misfit.reason,
            "cuts nothing, because its nodes are left out");
  EXPECT_FALSE(played.unfit[0].misfit.is_unknown);
  EXPECT_THAT(WordsOf(played.recorded), ElementsAre("nothing"));
}

TEST(PartitionShapeTest, DrawsAmongNodesThatAreNotLeftOut) {
  const FaultMix faults = MixOf(kShapes[2], true);
  const Edits edits{.schedule = {{"client", "node-left-out", 0, 1}}};
  for (const std::string& cut : RunWorld(faults, 3, 3, edits).partitions) {
    EXPECT_THAT(cut, testing::Not(HasSubstr("client")));
  }
}

TEST(PartitionShapeTest, NamesANodeThatTheRunHasNot) {
  const Outcome played = RunWorld(MixOf(kShapes[0], false), 2, 1,
                                  OneOf("server-0 server-9 | server-1"));
  EXPECT_THAT(played.partitions,
              ElementsAre("server-0->server-1, server-1->server-0"));
  ASSERT_THAT(played.unfit, SizeIs(1));
  EXPECT_EQ(played.unfit[0].misfit.reason,
            "names \"server-9\", expected nodes of the run: server-0, "
            "server-1, client");
  EXPECT_TRUE(played.unfit[0].misfit.is_unknown);
}

TEST(PartitionShapeTest, KeepsTheNumberWhereNamesCannotStandAmongWords) {
  for (const char* role : {"a server", "{a}", "a,b"}) {
    const FaultMix faults = MixOf(kShapes[0], false);
    const Outcome drawn = RunWorld(faults, 3, 3, {}, role);
    for (const Decision& decision : drawn.recorded) {
      EXPECT_EQ(decision.words, "");
    }
    const Outcome played = RunWorld(faults, 3, 3, Calm(drawn.recorded), role);
    EXPECT_EQ(played.digest, drawn.digest) << role;
  }
}

}  // namespace
}  // namespace reprise
