// Connections that break: drawn, scripted and by hand, and what is on them.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/network_host.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr VirtualTime At(int64_t microseconds) {
  return VirtualTime() + Microseconds(microseconds);
}

// What a call of `method` came to, and when.
struct CallEnd {
  absl::StatusOr<Bytes> reply = absl::UnknownError("it has not ended");
  VirtualTime time;
};

void SpawnCall(NetworkHost& host, TextView method, CallEnd& call) {
  host.client.Spawn([&host, method, &call](Env& env) {
    call.reply =
        env.network().Call(host.server.id(), std::string_view(method), "x");
    call.time = env.clock().Now();
  });
}

void Reset(NetworkHost& host) {
  host.world.ResetConnection(host.client.id(), host.server.id());
}

TEST(ResetTest, CallsInProgressFailAtOnceOnAnyNetwork) {
  for (const LossNotice notice : {LossNotice::kNone, LossNotice::kAtOnce}) {
    NetworkHost host({.loss_notice = notice});
    CallEnd first;
    CallEnd second;
    SpawnCall(host, "slow", first);
    SpawnCall(host, "echo", second);
    host.world.RunUntil(At(20));
    Reset(host);
    EXPECT_EQ(host.world.RunUntilIdle().end, RunEnd::kIdle);
    for (const CallEnd& call : {first, second}) {
      EXPECT_TRUE(absl::IsUnavailable(call.reply.status()));
      EXPECT_EQ(call.time, At(20));
    }
    EXPECT_EQ(host.world.counters().handled, 0u);
    EXPECT_EQ(host.Count(EventKind::kRequestLost), 2);
    EXPECT_EQ(host.world.fault_counts()[Fault::kReset], 1u);
    EXPECT_THAT(host.lines, Contains(HasSubstr("RESET 2 calls")));
  }
}

TEST(ResetTest, AHandlerGoesOnAndItsReplyIsLost) {
  NetworkHost host({.loss_notice = LossNotice::kAtOnce});
  CallEnd call;
  SpawnCall(host, "slow", call);
  host.world.RunUntil(At(1000));
  Reset(host);
  host.world.RunUntilIdle();
  EXPECT_EQ(call.time, At(1000));
  EXPECT_EQ(host.world.counters().handled, 1u);
  EXPECT_EQ(host.Count(EventKind::kReplyLost), 1);
  EXPECT_EQ(host.Count(EventKind::kReplySent), 0);
}

TEST(ResetTest, AReplyOnItsWayIsLost) {
  NetworkHost host;
  CallEnd call;
  SpawnCall(host, "echo", call);
  host.world.RunUntil(At(70));
  Reset(host);
  host.world.RunUntilIdle();
  EXPECT_TRUE(absl::IsUnavailable(call.reply.status()));
  EXPECT_EQ(call.time, At(70));
  EXPECT_EQ(host.Count(EventKind::kReplyLost), 1);
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 0);
  EXPECT_EQ(host.world.fault_counts()[Fault::kReplyLoss], 1u);
}

TEST(ResetTest, AMessageOnItsWayIsLost) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    env.network().Send(host.server.id(), "note", "x");
    env.clock().SleepFor(Microseconds(20));
    env.network().Send(host.server.id(), "note", "y");
  });
  host.world.RunUntil(At(10));
  Reset(host);
  host.world.RunUntilIdle();
  EXPECT_THAT(host.notes, ElementsAre("y"));
  EXPECT_EQ(host.Count(EventKind::kMessageLost), 1);
}

TEST(ResetTest, DuplicatesAndPacketsThatWaitForAClogAreLostToo) {
  NetworkOptions network;
  network.request.duplicate = {1, 1};
  NetworkHost host(network);
  host.world.Clog(host.client.id(), host.server.id(), Milliseconds(10));
  host.client.Spawn(
      [&](Env& env) { env.network().Send(host.server.id(), "note", "x"); });
  host.world.RunUntil(At(200));
  Reset(host);
  host.world.RunUntilIdle();
  EXPECT_THAT(host.notes, IsEmpty());
  EXPECT_EQ(host.Count(EventKind::kMessageLost), 2);
  EXPECT_EQ(host.world.fault_counts()[Fault::kMessageLoss], 1u);
}

TEST(ResetTest, WhatIsSentAfterwardsArrives) {
  NetworkHost host;
  CallEnd broken;
  SpawnCall(host, "slow", broken);
  host.world.RunUntil(At(1000));
  Reset(host);
  CallEnd later;
  SpawnCall(host, "slow", later);
  host.world.RunUntilIdle();
  EXPECT_FALSE(broken.reply.ok());
  EXPECT_EQ(later.reply.value(), "x");
  EXPECT_EQ(host.Count(EventKind::kReplySent), 1);
}

TEST(ResetTest, TheOtherDirectionHasAConnectionOfItsOwn) {
  NetworkHost host;
  CallEnd call;
  SpawnCall(host, "echo", call);
  host.world.RunUntil(At(20));
  host.world.ResetConnection(host.server.id(), host.client.id());
  host.world.RunUntilIdle();
  EXPECT_EQ(call.reply.value(), "x");
  EXPECT_THAT(host.lines, Contains(HasSubstr("RESET 0 calls")));
}

TEST(ResetTest, GivesTheRoomOnTheLinkBack) {
  NetworkHost host({.packets_max = 2});
  const auto send_two = [&](Env& env) {
    env.network().Send(host.server.id(), "note", "x");
    env.network().Send(host.server.id(), "note", "x");
  };
  host.client.Spawn(send_two);
  host.world.RunUntil(At(10));
  Reset(host);
  host.client.Spawn(send_two);
  host.world.RunUntilIdle();
  EXPECT_THAT(host.notes, ElementsAre("x", "x"));
  EXPECT_EQ(host.world.fault_counts()[Fault::kOverflow], 0u);
}

TEST(ResetTest, ACallThatNoTaskWaitsForFailsAsWell) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture future = env.network().StartCall(host.server.id(), "slow", "x");
    env.clock().SleepFor(Milliseconds(5));
    // A scenario's task may break it, too.
    Reset(host);
    EXPECT_TRUE(absl::IsUnavailable(future.Get().status()));
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(5));
  });
}

TEST(ResetTest, ACallerThatStandsStillLearnsOfItLater) {
  NetworkHost host;
  CallEnd call;
  SpawnCall(host, "slow", call);
  host.world.RunUntil(At(1000));
  host.client.Pause();
  Reset(host);
  host.world.RunUntil(At(3000));
  EXPECT_EQ(call.time, VirtualTime());
  host.client.Resume();
  host.world.RunUntilIdle();
  EXPECT_TRUE(absl::IsUnavailable(call.reply.status()));
  EXPECT_EQ(call.time, At(3000));
}

TEST(ResetTest, ACallerThatCrashesAtOnceIsGone) {
  NetworkHost host;
  CallEnd call;
  SpawnCall(host, "slow", call);
  host.world.RunUntil(At(1000));
  Reset(host);
  host.client.Crash();
  EXPECT_EQ(host.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(call.time, VirtualTime());
}

// Calls "echo" again and again for a second, and counts the calls that fail.
int CallForASecond(NetworkHost& host) {
  int failed = 0;
  host.Run([&](Env& env) {
    while (env.clock().Now() < VirtualTime::Seconds(1)) {
      const absl::Status status =
          env.network().Call(host.server.id(), "echo", "x").status();
      if (status.ok()) continue;
      EXPECT_TRUE(absl::IsUnavailable(status));
      ++failed;
    }
  });
  return failed;
}

TEST(ResetTest, AScriptedOneStrikesAtItsInstant) {
  NetworkHost host;
  host.world.script().Reset(At(500'020), host.client.id(), host.server.id());
  EXPECT_EQ(CallForASecond(host), 1);
  EXPECT_EQ(host.LastTime(EventKind::kConnectionReset), At(500'020));
  EXPECT_THAT(host.world.decisions().recorded(),
              ElementsAre(Decision{"script", "reset", 0, 1}));
}

TEST(ResetTest, AReplayMayLeaveAScriptedOneOut) {
  const Schedule calm;
  NetworkHost host({}, Seed(1), &calm);
  host.world.script().Reset(At(500'020), host.client.id(), host.server.id());
  EXPECT_EQ(CallForASecond(host), 0);
  EXPECT_EQ(host.Count(EventKind::kConnectionReset), 0);
}

TEST(ResetDeathTest, AScriptedOneIsOfNodesOfTheWorld) {
  NetworkHost host;
  EXPECT_EXIT(host.world.script().Reset(At(1), host.client.id(), NodeId(7)),
              testing::ExitedWithCode(2), "script: a reset of node 7");
}

TEST(ResetTest, DrawnOnesPlayAgainAsRecorded) {
  NetworkHost first({.reset = {1, 3}});
  const int failed = CallForASecond(first);
  EXPECT_GT(failed, 10);
  const Schedule schedule = first.world.decisions().recorded();
  NetworkHost again({.reset = {1, 3}}, Seed(2), &schedule);
  EXPECT_EQ(CallForASecond(again), failed);
  EXPECT_EQ(again.world.trace().digest(), first.world.trace().digest());
  EXPECT_THAT(again.world.decisions().Unused(), IsEmpty());
}

TEST(ResetTest, ALinkMayHaveResetsOfItsOwn) {
  NetworkHost host(
      {.links = {{.from = "client", .to = "server", .reset = {1, 1}}}});
  CallForASecond(host);
  EXPECT_EQ(host.world.fault_counts()[Fault::kReset],
            static_cast<uint64_t>(host.Count(EventKind::kConnectionReset)));
  EXPECT_GE(host.Count(EventKind::kConnectionReset), 99);
  EXPECT_LE(host.Count(EventKind::kConnectionReset), 101);
}

TEST(ResetTest, NoneStrikesAfterTheFaultsHaveEnded) {
  NetworkHost host({.reset = {1, 1}});
  host.world.EndFaults();
  EXPECT_EQ(CallForASecond(host), 0);
  EXPECT_EQ(host.Count(EventKind::kConnectionReset), 0);
}

}  // namespace
}  // namespace reprise
