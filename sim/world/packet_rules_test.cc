#include "reprise/sim/world/packet_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr VirtualTime kEnd = VirtualTime::Seconds(1);

// What a pair did, with a rule or without one.
class Ruled {
 public:
  explicit Ruled(const PacketRule& rule, const Schedule* schedule = nullptr)
      : pair({}, 1, kEnd, schedule) {
    if (rule != nullptr) guard_.emplace(pair.world.AddPacketRule(rule));
    pair.world.RunUntilIdle();
  }
  Schedule recorded() { return pair.world.decisions().recorded(); }
  int Count(EventKind kind) const { return pair.events.Count(kind); }

  Pair pair;

 private:
  std::optional<PacketRuleGuard> guard_;
};

// Rules on one kind of packet of the call.
PacketRule On(uint64_t call, bool is_request, Ruling ruling) {
  return [=](const PacketView& packet) {
    return packet.call == call && packet.is_request == is_request
               ? ruling
               : Ruling::Pass();
  };
}

TEST(PacketRulesTest, ARulingIsADecisionAboutItsPacket) {
  Ruled ruled(On(2, true, Ruling::Drop()));
  EXPECT_EQ(ruled.pair.failed, 1);
  EXPECT_THAT(ruled.recorded(),
              ElementsAre(Decision{"client->server", "request-ruling", 0, 2,
                                   "echo 0 #1"}));
}

TEST(PacketRulesTest, WhatPassesIsNotRecorded) {
  Ruled ruled([](const PacketView&) { return Ruling::Pass(); });
  EXPECT_THAT(ruled.recorded(), IsEmpty());
}

TEST(PacketRulesTest, AReplayAppliesRulingsWithoutTheRule) {
  for (const Ruling& ruling : {Ruling::Drop(), Ruling::Duplicate(),
                               Ruling::Deliver(Milliseconds(7))}) {
    Ruled ruled(On(3, false, ruling));
    const Schedule schedule = ruled.recorded();
    ASSERT_EQ(schedule.size(), 1u);
    Ruled again(nullptr, &schedule);
    EXPECT_EQ(again.pair.world.trace().digest(),
              ruled.pair.world.trace().digest());
    EXPECT_EQ(again.recorded(), schedule);
    EXPECT_THAT(again.pair.world.decisions().Unused(), IsEmpty());
  }
}

TEST(PacketRulesTest, AReplayAsksNoRule) {
  int asked = 0;
  const PacketRule counting = [&asked](const PacketView&) {
    ++asked;
    return Ruling::Drop();
  };
  Ruled ruled(counting);
  Schedule schedule = ruled.recorded();
  EXPECT_EQ(schedule.size(), static_cast<size_t>(asked));
  asked = 0;
  schedule.resize(1);
  // The rule would have dropped all of them.
  const Ruled again(counting, &schedule);
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(again.pair.failed, 1);
  EXPECT_GT(again.pair.answered, 5);
}

TEST(PacketRulesTest, EachRulingCanBeLeftOutAlone) {
  Ruled ruled([](const PacketView& packet) {
    return packet.is_request && packet.call <= 3 ? Ruling::Drop()
                                                 : Ruling::Pass();
  });
  const Schedule all = ruled.recorded();
  ASSERT_EQ(all.size(), ruled.pair.failed);
  for (size_t i = 0; i < all.size(); ++i) {
    Schedule schedule = all;
    schedule.erase(schedule.begin() + i);
    const Ruled fewer(nullptr, &schedule);
    // A call that is answered is followed by one sooner.
    EXPECT_EQ(fewer.pair.failed, ruled.pair.failed - 1);
  }
}

TEST(PacketRulesTest, AskTheRuleWhereTheSeedAnswersAndNoEditDoes) {
  Pair pair({}, 1, kEnd);
  EXPECT_FALSE(pair.world.decisions().HasRulings());
  World world({.seed = Seed(1)});
  world.Follow({.schedule = {{"a->b", "request-ruling", 0, 0, "note 0 #1"}}});
  EXPECT_TRUE(world.decisions().HasRulings());
  int received = 0;
  Node& b = world.AddNode("b");
  b.Spawn([&](Env& env) {
    env.network().Serve("note", [&](NodeId, Bytes) {
      ++received;
      return Bytes();
    });
  });
  const PacketRuleGuard guard =
      world.AddPacketRule([](const PacketView&) { return Ruling::Drop(); });
  world.AddNode("a").Spawn([&](Env& env) {
    for (int i = 0; i < 3; ++i) env.network().Send(b.id(), "note", "x");
  });
  world.RunUntilIdle();
  EXPECT_EQ(received, 0);
}

TEST(PacketRulesTest, WhatARuleDoublesNoBadLinkLoses) {
  Pair pair({.network = {.bad_link = {1, 1}, .bad_link_loss = {1, 1}}}, 1,
            kEnd);
  const PacketRuleGuard guard = pair.world.AddPacketRule(
      [](const PacketView&) { return Ruling::Duplicate(); });
  pair.world.RunUntilIdle();
  EXPECT_GT(pair.answered, 0);
  EXPECT_EQ(pair.failed, 0);
  const int calls = pair.answered;
  EXPECT_EQ(pair.events.Count(EventKind::kRequestDuplicated), calls);
}

}  // namespace
}  // namespace reprise
