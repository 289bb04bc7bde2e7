#include "reprise/sim/world/link_faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

// Keeps the events of some kinds.
class Watcher final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    if (event.kind == EventKind::kMessageSent) sent.push_back(event);
    if (event.kind == EventKind::kMessageLost) lost.push_back(event);
    if (event.kind == EventKind::kMessageDelivered) arrived.push_back(event);
    if (event.kind == EventKind::kLinkFlaps) flaps.push_back(event);
    if (event.kind == EventKind::kLinkBad) bad_links.push_back(event);
    if (event.kind == EventKind::kMethodSlowed) slow_methods.push_back(event);
    if (event.kind == EventKind::kPacketHeld) held.push_back(event);
  }
  std::vector<TraceEvent> sent;
  std::vector<TraceEvent> lost;
  std::vector<TraceEvent> arrived;
  std::vector<TraceEvent> flaps;
  std::vector<TraceEvent> bad_links;
  std::vector<TraceEvent> slow_methods;
  std::vector<TraceEvent> held;
};

// Node "a" sends "b" a message "x" and a message "y" every millisecond, and "b"
// sends back what it gets. What is sent is counted from 1 on.
class Messages {
 public:
  explicit Messages(const FaultMix& faults, uint64_t seed = 1,
                    const Schedule* schedule = nullptr, int count = 500)
      : world({.seed = Seed(seed), .faults = faults}) {
    world.trace().SetSink(&watcher);
    if (schedule != nullptr) {
      world.Follow({.base = Base::kCalm, .schedule = *schedule});
    }
    world.decisions().Record();
    Node& a = world.AddNode("a");
    Node& b = world.AddNode("b");
    for (const std::string method : {"x", "y"}) {
      b.Spawn([=, &a](Env& env) {
        env.network().Serve(method, [=, &env, &a](NodeId, Bytes bytes) {
          env.network().Send(a.id(), method, bytes);
          return Bytes();
        });
      });
      a.Spawn([=, this, &b](Env& env) {
        env.network().Serve(method, [this](NodeId, Bytes bytes) {
          back.push_back(std::stoi(bytes));
          return Bytes();
        });
        for (int i = 1; i <= count; ++i) {
          env.network().Send(b.id(), method, std::to_string(i));
          env.clock().SleepFor(Milliseconds(1));
        }
      });
    }
  }

  Messages& Run() {
    world.RunUntilIdle();
    return *this;
  }
  Schedule recorded() { return world.decisions().recorded(); }
  uint64_t Count(Fault fault) const { return world.fault_counts()[fault]; }
  uint64_t Idle(Fault fault) const { return world.fault_counts().Idle(fault); }

  Watcher watcher;
  World world;
  std::vector<int> back;
};

// Whether a replay of what was recorded is the same run.
void ExpectReplays(const FaultMix& faults, Messages& messages) {
  const Schedule schedule = messages.recorded();
  Messages again(faults, 1, &schedule);
  again.Run();
  EXPECT_EQ(again.world.trace().digest(), messages.world.trace().digest());
  EXPECT_EQ(again.recorded(), schedule);
  EXPECT_THAT(again.world.decisions().Unused(), IsEmpty());
}

// And one without the decisions of the purpose and what hangs on them is calm.
void ExpectCalmWithout(const FaultMix& faults, Messages& messages,
                       std::string_view purpose) {
  Schedule schedule = messages.recorded();
  const size_t before = schedule.size();
  std::erase_if(schedule, [&](const Decision& decision) {
    return decision.purpose == purpose;
  });
  EXPECT_LT(schedule.size(), before);
  Messages again(faults, 1, &schedule);
  again.Run();
  EXPECT_THAT(again.watcher.lost, IsEmpty());
  EXPECT_THAT(again.recorded(), IsEmpty());
  EXPECT_THAT(again.back, SizeIs(1000));
}

TEST(LinkFaultsTest, AreOffByDefault) {
  Messages messages({});
  messages.Run();
  EXPECT_THAT(messages.recorded(), IsEmpty());
  EXPECT_THAT(messages.back, SizeIs(1000));
}

FaultMix Flapping() {
  FaultMix faults;
  faults.network.links = {{.from = "a", .to = "b"}};
  LinkOptions& link = faults.network.links[0];
  link.flap = {
      .start = {1, 5}, .minimum = Milliseconds(55), .rest = Milliseconds(45)};
  link.flap_down = Milliseconds(5);
  link.flap_up = Milliseconds(15);
  return faults;
}

TEST(LinkFaultsTest, AFlappingLinkIsDownAndUpInTurnOneWay) {
  Messages messages(Flapping());
  messages.Run();
  const Watcher& seen = messages.watcher;
  ASSERT_GT(seen.flaps.size(), 2u);
  EXPECT_EQ(seen.flaps.size(), messages.Count(Fault::kFlap));
  EXPECT_EQ(messages.Idle(Fault::kFlap), 0u);
  const auto is_down = [&](VirtualTime now) {
    for (const TraceEvent& flap : seen.flaps) {
      const Duration since = now - flap.time;
      if (now < flap.time || since >= Milliseconds(55)) continue;
      return since.nanoseconds() % 20'000'000 < 5'000'000;
    }
    return false;
  };
  for (const TraceEvent& lost : seen.lost) EXPECT_TRUE(is_down(lost.time));
  for (const TraceEvent& sent : seen.sent) {
    EXPECT_FALSE(sent.node == NodeId(0) && is_down(sent.time));
  }
  // Of two messages a millisecond, 15 ms of each flap.
  EXPECT_NEAR(seen.lost.size(), 30.0 * seen.flaps.size(), 30);
  // It rests between: a begin is a tick after the rest at the earliest.
  for (size_t i = 1; i < seen.flaps.size(); ++i) {
    EXPECT_GE(seen.flaps[i].time - seen.flaps[i - 1].time, Milliseconds(100));
  }
}

TEST(LinkFaultsTest, AFlapIsOneDecision) {
  Messages messages(Flapping());
  messages.Run();
  EXPECT_EQ(messages.recorded().size(), messages.Count(Fault::kFlap));
  ExpectReplays(Flapping(), messages);
  ExpectCalmWithout(Flapping(), messages, "flap");
}

TEST(LinkFaultsTest, NoLinkFlapsWhenFaultsHaveEnded) {
  Messages messages(Flapping());
  messages.world.RunUntil(VirtualTime::Milliseconds(200));
  const size_t lost = messages.watcher.lost.size();
  EXPECT_GT(lost, 0u);
  messages.world.EndFaults(NodeSet({NodeId(0), NodeId(1)}));
  messages.Run();
  EXPECT_EQ(messages.watcher.lost.size(), lost);
}

FaultMix BadLinks(Probability bad) {
  FaultMix faults;
  faults.network.bad_link = bad;
  faults.network.bad_link_loss = {1, 5};
  faults.network.bad_link_delay = Milliseconds(3);
  return faults;
}

TEST(LinkFaultsTest, ABadLinkIsSlowAndLosesMoreForTheWholeRun) {
  Messages messages(BadLinks({1, 1}));
  messages.Run();
  EXPECT_THAT(messages.watcher.bad_links, SizeIs(2));
  EXPECT_EQ(messages.Count(Fault::kBadLink), 2u);
  EXPECT_EQ(messages.Idle(Fault::kBadLink), 0u);
  for (const TraceEvent& sent : messages.watcher.sent) {
    EXPECT_EQ(sent.value, 3'050'000u);
  }
  // Each way a fifth.
  EXPECT_NEAR(messages.back.size(), 1000 * 0.64, 80);
  ExpectReplays(BadLinks({1, 1}), messages);
  ExpectCalmWithout(BadLinks({1, 1}), messages, "bad-link");
}

TEST(LinkFaultsTest, OneWayMayBeBadAndTheOtherNot) {
  int64_t one_way = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Messages messages(BadLinks({1, 2}), seed, nullptr, 2);
    messages.Run();
    one_way += messages.watcher.bad_links.size() == 1 ? 1 : 0;
  }
  EXPECT_NEAR(one_way, 50, 20);
}

FaultMix SlowMethods() {
  FaultMix faults;
  faults.network.slow_method = {
      .start = {1, 20}, .minimum = Milliseconds(30), .rest = Milliseconds(10)};
  faults.network.slow_method_delay = Milliseconds(4);
  faults.network.slow_method_loss = {1, 4};
  return faults;
}

TEST(LinkFaultsTest, ASlowMethodIsLateOnEveryLinkForAWhile) {
  Messages messages(SlowMethods());
  messages.Run();
  const Watcher& seen = messages.watcher;
  ASSERT_GT(seen.slow_methods.size(), 3u);
  EXPECT_EQ(seen.slow_methods.size(), messages.Count(Fault::kSlowMethod));
  EXPECT_EQ(messages.Idle(Fault::kSlowMethod), 0u);
  const auto is_slow = [&](const TraceEvent& packet) {
    for (const TraceEvent& slow : seen.slow_methods) {
      if (slow.method == packet.method && slow.time <= packet.time &&
          packet.time < slow.time + Milliseconds(30)) {
        return true;
      }
    }
    return false;
  };
  std::set<NodeId> senders;
  for (const TraceEvent& sent : seen.sent) {
    EXPECT_EQ(sent.value, is_slow(sent) ? 4'050'000u : 50'000u);
    if (is_slow(sent)) senders.insert(sent.node);
  }
  EXPECT_THAT(senders, SizeIs(2));
  EXPECT_GT(seen.lost.size(), 10u);
  for (const TraceEvent& lost : seen.lost) EXPECT_TRUE(is_slow(lost));
}

TEST(LinkFaultsTest, ASlowMethodIsADecisionOfItsName) {
  Messages messages(SlowMethods());
  messages.Run();
  std::set<std::string> entities;
  for (const Decision& decision : messages.recorded()) {
    if (decision.purpose == "slow-method") entities.insert(decision.entity);
  }
  EXPECT_THAT(entities, ElementsAre("x", "y"));
  ExpectReplays(SlowMethods(), messages);
  ExpectCalmWithout(SlowMethods(), messages, "slow-method");
}

FaultMix Reordering(Probability chance, int64_t window) {
  FaultMix faults;
  faults.network.request.reorder = chance;
  faults.network.request.reorder_window = window;
  faults.network.request.reorder_wait = Milliseconds(5);
  return faults;
}

// The places of the messages among those of their sender, as they arrive.
std::vector<uint64_t> ArrivalsAt(const Watcher& seen, NodeId node) {
  std::vector<uint64_t> calls;
  for (const TraceEvent& event : seen.arrived) {
    if (event.node == node) calls.push_back(event.id);
  }
  return calls;
}

TEST(LinkFaultsTest, APacketIsPassedByAsManyAsItsDecisionSays) {
  for (const uint64_t places : {1u, 3u, 6u}) {
    const Schedule schedule = {
        {"a->b", "message-reorder", 0, places, "x 0 #5"}};
    Messages messages(Reordering({1, 10}, 6), 1, &schedule, 20);
    messages.Run();
    ASSERT_THAT(messages.watcher.held, SizeIs(1));
    EXPECT_EQ(messages.watcher.held[0].value, places);
    const uint64_t held = messages.watcher.held[0].id;
    uint64_t passed = 0;
    for (const uint64_t call : ArrivalsAt(messages.watcher, NodeId(1))) {
      if (call == held) break;
      passed += call > held ? 1 : 0;
    }
    EXPECT_EQ(passed, places);
    EXPECT_EQ(messages.Count(Fault::kReorder), 1u);
    EXPECT_EQ(messages.Idle(Fault::kReorder), 0u);
    EXPECT_THAT(messages.back, SizeIs(40));
    EXPECT_EQ(messages.recorded(), schedule);
  }
}

TEST(LinkFaultsTest, APacketWaitsNoLongerThanAsked) {
  const Schedule schedule = {{"a->b", "message-reorder", 0, 9, "x 0 #19"}};
  Messages messages(Reordering({1, 10}, 9), 1, &schedule, 20);
  messages.Run();
  ASSERT_THAT(messages.watcher.held, SizeIs(1));
  const TraceEvent& held = messages.watcher.held[0];
  for (const TraceEvent& event : messages.watcher.arrived) {
    if (event.id != held.id || event.node != NodeId(1)) continue;
    EXPECT_EQ(event.time - held.time, Milliseconds(5) + Microseconds(50));
  }
  EXPECT_THAT(messages.back, SizeIs(40));
}

TEST(LinkFaultsTest, AWaitThatNothingPassedIsIdle) {
  FaultMix faults = Reordering({1, 1}, 4);
  faults.network.request.reorder_wait = {};
  Messages messages(faults, 1, nullptr, 20);
  messages.Run();
  EXPECT_EQ(messages.Count(Fault::kReorder), 80u);
  EXPECT_EQ(messages.Idle(Fault::kReorder), 80u);
}

TEST(LinkFaultsTest, ReorderingLosesNothingAndReplays) {
  Messages messages(Reordering({1, 4}, 3));
  messages.Run();
  EXPECT_THAT(messages.back, SizeIs(1000));
  EXPECT_FALSE(std::is_sorted(messages.back.begin(), messages.back.end()));
  EXPECT_THAT(messages.watcher.held,
              Each(Field(&TraceEvent::value, AllOf(Ge(1u), Le(3u)))));
  ExpectReplays(Reordering({1, 4}, 3), messages);
}

TEST(LinkFaultsTest, ABrokenConnectionLosesWhatIsHeldBack) {
  Messages messages(Reordering({1, 1}, 4));
  messages.world.RunUntil(VirtualTime::Milliseconds(100));
  messages.world.ResetConnection(NodeId(0), NodeId(1));
  messages.Run();
  EXPECT_GT(messages.watcher.lost.size(), 0u);
  EXPECT_EQ(messages.back.size() + messages.watcher.lost.size(), 1000u);
}

TEST(LinkFaultsTest, ARulingStandsAboveWhatIsDrawn) {
  FaultMix faults = Reordering({1, 1}, 4);
  faults.network.bad_link = {1, 1};
  faults.network.bad_link_loss = {1, 1};
  Messages messages(faults);
  const PacketRuleGuard guard = messages.world.AddPacketRule(
      [](const PacketView&) { return Ruling::Deliver(Milliseconds(1)); });
  messages.Run();
  EXPECT_THAT(messages.back, SizeIs(1000));
  EXPECT_THAT(messages.watcher.held, IsEmpty());
}

}  // namespace
}  // namespace reprise
