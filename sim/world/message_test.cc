// One-way messages, through the interfaces that code under test sees.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/testing/network_host.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr int kMany = 10'000;

void SendMany(NetworkHost& host, int count) {
  host.Run([&](Env& env) {
    for (int i = 0; i < count; ++i) {
      env.network().Send(host.server.id(), "note", "x");
    }
  });
}

TEST(MessageTest, ArrivesWhileItsSenderGoesOn) {
  NetworkHost host;
  host.Run([&](Env& env) {
    env.network().Send(host.server.id(), "note", "hello");
    EXPECT_EQ(env.clock().Now(), VirtualTime());
    EXPECT_THAT(host.notes, IsEmpty());
  });
  EXPECT_THAT(host.notes, ElementsAre("hello"));
  EXPECT_EQ(host.LastTime(EventKind::kMessageDelivered),
            VirtualTime() + Microseconds(50));
  EXPECT_EQ(host.world.counters().messages, 1u);
  EXPECT_EQ(host.world.counters().message_bytes, 5u);
  EXPECT_EQ(host.world.counters().calls, 0u);
}

TEST(MessageTest, WhatAHandlerAnswersGoesNowhere) {
  NetworkHost host;
  host.Run([&](Env& env) {
    env.network().Send(host.server.id(), "echo", "hello");
    env.network().Send(host.server.id(), "slow", "hello");
  });
  EXPECT_EQ(host.world.counters().handled, 2u);
  EXPECT_EQ(host.world.now(), VirtualTime::Seconds(1) + Microseconds(50));
  EXPECT_EQ(host.Count(EventKind::kReplySent), 0);
}

TEST(MessageTest, ACallOfAReceiverHasAnEmptyReply) {
  NetworkHost host;
  host.Run([&](Env& env) {
    EXPECT_EQ(env.network().Call(host.server.id(), "note", "x").value(), "");
  });
  EXPECT_THAT(host.notes, ElementsAre("x"));
}

TEST(MessageTest, ATraceTellsItFromACall) {
  NetworkHost host;
  host.Run([&](Env& env) {
    EXPECT_TRUE(env.network().Call(host.server.id(), "echo", "x").ok());
    env.network().Send(host.server.id(), "echo", "x");
  });
  EXPECT_THAT(host.lines,
              Contains(HasSubstr("sends     message echo \"x\" @m1 ")));
  EXPECT_THAT(host.lines,
              Contains(HasSubstr("receives  message echo \"x\" @m1 ")));
  EXPECT_THAT(host.lines, Contains(HasSubstr("sends     echo \"x\" @1 ")));
  EXPECT_EQ(host.Count(EventKind::kRequestSent), 1);
  EXPECT_EQ(host.Count(EventKind::kMessageSent), 1);
}

TEST(MessageTest, IsLostAsOftenAsARequestAndNobodyIsTold) {
  NetworkOptions network;
  network.request.loss = {1, 10};
  network.loss_notice = LossNotice::kAtOnce;
  NetworkHost host(network);
  SendMany(host, kMany);
  const auto lost =
      static_cast<int64_t>(host.world.fault_counts()[Fault::kMessageLoss]);
  EXPECT_TRUE(IsAsFrequent(lost, kMany, {1, 10}));
  EXPECT_EQ(host.Count(EventKind::kMessageLost), lost);
  EXPECT_THAT(host.notes, SizeIs(kMany - lost));
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 0);
  EXPECT_EQ(host.world.fault_counts()[Fault::kRequestLoss], 0u);
}

TEST(MessageTest, IsDuplicatedAsOftenAsARequest) {
  NetworkOptions network;
  network.request.duplicate = {1, 10};
  NetworkHost host(network);
  SendMany(host, kMany);
  const int duplicates = host.Count(EventKind::kMessageDuplicated);
  EXPECT_TRUE(IsAsFrequent(duplicates, kMany, {1, 10}));
  EXPECT_THAT(host.notes, SizeIs(kMany + duplicates));
}

TEST(MessageTest, MessagesOvertakeOneAnother) {
  NetworkOptions network;
  network.request.delay = {.minimum = {}, .maximum = Milliseconds(10)};
  NetworkHost host(network);
  host.Run([&](Env& env) {
    for (char c = 'a'; c <= 'z'; ++c) {
      env.network().Send(host.server.id(), "note", Bytes(1, c));
    }
  });
  EXPECT_THAT(host.notes, SizeIs(26));
  EXPECT_FALSE(std::is_sorted(host.notes.begin(), host.notes.end()));
}

TEST(MessageTest, ABitMayFlip) {
  NetworkOptions network;
  network.request.corruption = {1, 1};
  network.corruption = Corruption::kDelivered;
  NetworkHost host(network);
  SendMany(host, 1);
  EXPECT_THAT(host.notes, SizeIs(1));
  EXPECT_THAT(host.notes, Not(Contains("x")));
}

TEST(MessageTest, AFullLinkDropsIt) {
  NetworkHost host({.packets_max = 3});
  SendMany(host, 5);
  EXPECT_THAT(host.notes, SizeIs(3));
  EXPECT_EQ(host.world.fault_counts()[Fault::kOverflow], 2u);
}

TEST(MessageTest, APartitionStopsItUnderWay) {
  NetworkHost host;
  const Partition partition =
      Partition::Split({host.client.id()}, {host.server.id()});
  host.client.Spawn(
      [&](Env& env) { env.network().Send(host.server.id(), "note", "x"); });
  host.world.RunUntil(VirtualTime() + Microseconds(10));
  host.world.BeginPartition(partition);
  host.world.RunUntilIdle();
  EXPECT_THAT(host.notes, IsEmpty());
  EXPECT_EQ(host.Count(EventKind::kMessageLost), 1);
  host.world.EndPartition(partition);
}

TEST(MessageTest, GoesNowhereWhereTheNodeIsCutOffOrDown) {
  NetworkHost host({.loss_notice = LossNotice::kAtOnce});
  host.world.SetConnected(host.client.id(), host.server.id(), false);
  SendMany(host, 1);
  host.world.SetConnected(host.client.id(), host.server.id(), true);
  host.server.Crash();
  SendMany(host, 1);
  EXPECT_THAT(host.notes, IsEmpty());
  EXPECT_EQ(host.Count(EventKind::kMessageUnreachable), 2);
}

TEST(MessageTest, ANodeThatCrashesMeanwhileDoesNotGetIt) {
  NetworkHost host;
  host.client.Spawn(
      [&](Env& env) { env.network().Send(host.server.id(), "note", "x"); });
  host.world.RunUntil(VirtualTime() + Microseconds(10));
  host.server.Crash();
  host.world.RunUntilIdle();
  EXPECT_EQ(host.Count(EventKind::kMessageRefused), 1);
  EXPECT_EQ(host.world.DescribeUnserved(), "");
}

TEST(MessageTest, AReceiverThatCrashesDropsWhatItHasNotHandled) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    env.network().Send(host.server.id(), "slow", Bytes(100, 'x'));
  });
  host.world.RunUntil(VirtualTime::Milliseconds(10));
  host.server.Crash();
  host.world.RunUntilIdle();
  EXPECT_EQ(host.world.counters().handled, 0u);
  EXPECT_EQ(host.Count(EventKind::kMessageDelivered), 1);
}

TEST(MessageTest, IsDroppedWhereNothingServesIt) {
  NetworkHost host;
  host.Run(
      [&](Env& env) { env.network().Send(host.server.id(), "sing", "x"); });
  EXPECT_EQ(host.Count(EventKind::kMessageRefused), 1);
  EXPECT_EQ(host.Count(EventKind::kReplySent), 0);
  EXPECT_THAT(host.world.DescribeUnserved(), HasSubstr("no method sing"));
}

TEST(MessageTest, ARuleSeesThatItIsOneWay) {
  NetworkHost host;
  const PacketRuleGuard guard =
      host.world.AddPacketRule([](const PacketView& packet) {
        return packet.is_one_way && packet.is_request ? Ruling::Drop()
                                                      : Ruling::Pass();
      });
  host.Run([&](Env& env) {
    env.network().Send(host.server.id(), "note", "x");
    EXPECT_TRUE(env.network().Call(host.server.id(), "echo", "x").ok());
  });
  EXPECT_THAT(host.notes, IsEmpty());
}

// Sends when it is destroyed.
struct Farewell {
  Env& env;
  NodeId to;
  ~Farewell() { env.network().Send(to, "note", "bye"); }
};

TEST(MessageTest, NoneIsSentWhileACrashedTaskUnwinds) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    const Farewell farewell{env, host.server.id()};
    env.tasks().WaitUntilStopped();
  });
  host.world.RunUntilIdle();
  host.client.Crash();
  host.world.RunUntilIdle();
  EXPECT_THAT(host.notes, IsEmpty());
  EXPECT_EQ(host.world.counters().messages, 0u);
}

// A network on which everything goes wrong now and then.
NetworkOptions RoughNetwork() {
  NetworkOptions network;
  network.request = {.delay = {.minimum = {}, .maximum = Milliseconds(5)},
                     .loss = {1, 5},
                     .duplicate = {1, 5},
                     .corruption = {1, 10}};
  network.reply = network.request;
  network.corruption = Corruption::kDelivered;
  network.packets_max = 5;
  network.default_deadline = Milliseconds(20);
  return network;
}

// Calls, and sends a message before each call if `sends`.
void UseNetwork(NetworkHost& host, bool sends) {
  host.Run([&](Env& env) {
    for (int i = 0; i < 200; ++i) {
      if (sends) env.network().Send(host.server.id(), "note", "message");
      env.network().Call(host.server.id(), "echo", "request").IgnoreError();
    }
  });
}

Schedule DecisionsOfCalls(const Schedule& schedule) {
  Schedule calls;
  for (const Decision& decision : schedule) {
    if (decision.purpose.starts_with("message")) continue;
    calls.push_back(decision);
  }
  return calls;
}

TEST(MessageTest, ShiftsNoDecisionAboutCalls) {
  NetworkOptions network = RoughNetwork();
  network.packets_max = 0;
  NetworkHost with(network);
  UseNetwork(with, true);
  NetworkHost without(network);
  UseNetwork(without, false);
  EXPECT_EQ(DecisionsOfCalls(with.world.decisions().recorded()),
            without.world.decisions().recorded());
  EXPECT_GT(with.world.decisions().recorded().size(),
            without.world.decisions().recorded().size() + 100);
}

TEST(MessageTest, ARecordedRunPlaysAgain) {
  NetworkHost first(RoughNetwork());
  UseNetwork(first, true);
  const Schedule schedule = first.world.decisions().recorded();
  NetworkHost again(RoughNetwork(), Seed(2), &schedule);
  UseNetwork(again, true);
  EXPECT_EQ(again.world.trace().digest(), first.world.trace().digest());
  EXPECT_THAT(again.world.decisions().Unused(), IsEmpty());
}

TEST(MessageTest, AnEmptyScheduleIsCalm) {
  const Schedule calm;
  NetworkHost host(RoughNetwork(), Seed(1), &calm);
  UseNetwork(host, true);
  EXPECT_THAT(host.notes, SizeIs(200));
  EXPECT_EQ(host.world.fault_counts(), FaultCounts());
}

}  // namespace
}  // namespace reprise
