// Calls that go on by themselves, through the interfaces that code under test
// sees.

#include "reprise/sim/world/started_call.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/testing/network_host.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr VirtualTime kReplyOfSlow =
    VirtualTime::Seconds(1) + Microseconds(100);

TEST(CallFutureTest, CallsGoOnAtTheSameTime) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture a = env.network().StartCall(host.server.id(), "slow", "a");
    CallFuture b = env.network().StartCall(host.server.id(), "slow", "b");
    EXPECT_FALSE(a.IsDone());
    EXPECT_EQ(env.clock().Now(), VirtualTime());
    EXPECT_EQ(b.Get().value(), "b");
    EXPECT_TRUE(a.IsDone());
    EXPECT_EQ(a.Get().value(), "a");
    EXPECT_FALSE(a.HasCall());
    EXPECT_EQ(env.clock().Now(), kReplyOfSlow);
  });
  EXPECT_EQ(host.world.counters().calls, 2u);
}

TEST(CallFutureTest, CostsNoTask) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    std::vector<CallFuture> calls;
    for (int i = 0; i < 10; ++i) {
      calls.push_back(env.network().StartCall(host.server.id(), "echo", "x"));
    }
    EXPECT_TRUE(WaitForAny(calls).has_value());
    for (CallFuture& call : calls) EXPECT_TRUE(call.Get().ok());
  });
  host.world.RunUntil(VirtualTime() + Microseconds(10));
  EXPECT_THAT(host.world.scheduler().Tasks(), SizeIs(2));
  EXPECT_EQ(host.world.RunUntilIdle().end, RunEnd::kIdle);
}

TEST(CallFutureTest, WaitsNoLongerThanAsked) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x");
    EXPECT_FALSE(call.WaitUntil(VirtualTime::Milliseconds(10)));
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(10));
    EXPECT_TRUE(call.WaitUntil(VirtualTime::Seconds(10)));
    EXPECT_EQ(env.clock().Now(), kReplyOfSlow);
    EXPECT_EQ(call.Get().value(), "x");
  });
}

TEST(CallFutureTest, FailsAtItsDeadlineAlsoWhenNobodyWaits) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x",
                                              {.deadline = Milliseconds(10)});
    env.clock().SleepFor(Milliseconds(500));
    EXPECT_TRUE(call.IsDone());
    env.clock().SleepFor(Seconds(1));
    EXPECT_EQ(call.Get().status().code(), absl::StatusCode::kDeadlineExceeded);
  });
  EXPECT_EQ(host.LastTime(EventKind::kCallFailed),
            VirtualTime::Milliseconds(10));
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 1);
}

TEST(CallFutureTest, AnErrorOfTheServerIsItsResult) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "sing", "x");
    EXPECT_TRUE(absl::IsUnimplemented(call.Get().status()));
  });
  EXPECT_EQ(host.Count(EventKind::kCallFailed), 1);
}

TEST(CallFutureTest, AServerThatCrashesFailsIt) {
  NetworkHost host({.loss_notice = LossNotice::kAtOnce});
  absl::Status status;
  host.client.Spawn([&](Env& env) {
    status =
        env.network().StartCall(host.server.id(), "slow", "x").Get().status();
  });
  host.world.RunUntil(VirtualTime::Milliseconds(10));
  host.server.Crash();
  host.world.RunUntilIdle();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
}

TEST(CallFutureTest, AfterCancelTheReplyIsIgnored) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x",
                                              {.deadline = Seconds(50)});
    env.clock().SleepFor(Milliseconds(10));
    call.Cancel();
    call.Cancel();
    EXPECT_TRUE(call.IsDone());
    EXPECT_TRUE(absl::IsCancelled(call.Get().status()));
  });
  EXPECT_THAT(host.lines, Contains(HasSubstr("CANCELLED")));
  EXPECT_EQ(host.Count(EventKind::kCallFailed), 1);
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 1);
  // Its deadline keeps nothing running.
  EXPECT_EQ(host.world.now(), kReplyOfSlow);
}

TEST(CallFutureTest, CancelLeavesAResultThatIsThere) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "echo", "x");
    call.Wait();
    call.Cancel();
    EXPECT_EQ(call.Get().value(), "x");
  });
  EXPECT_EQ(host.Count(EventKind::kCallFailed), 0);
}

TEST(CallFutureTest, AnotherTaskMayCancelWhatOneWaitsFor) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x");
    env.tasks().Spawn("hurry", [&] {
      env.clock().SleepFor(Milliseconds(5));
      call.Cancel();
    });
    EXPECT_TRUE(absl::IsCancelled(call.Get().status()));
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(5));
  });
}

TEST(CallFutureTest, AFutureThatIsDroppedCancels) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x");
    call = env.network().StartCall(host.server.id(), "echo", "y");
    EXPECT_EQ(call.Get().value(), "y");
  });
  EXPECT_EQ(host.Count(EventKind::kCallFailed), 1);
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 1);
  EXPECT_EQ(host.world.counters().handled, 2u);
}

TEST(CallFutureTest, AFutureMovesWithItsCall) {
  NetworkHost host;
  host.Run([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x");
    CallFuture moved = std::move(call);
    EXPECT_FALSE(call.HasCall());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(moved.Get().value(), "x");
  });
}

TEST(WaitForAnyTest, GivesCallsInTheOrderInWhichTheyEnd) {
  NetworkHost host;
  host.Run([&](Env& env) {
    std::vector<CallFuture> calls(4);  // The first holds none.
    calls[1] = env.network().StartCall(host.server.id(), "slow", "x");
    calls[2] = env.network().StartCall(host.server.id(), "echo", "x");
    calls[3] = env.network().StartCall(host.server.id(), "sing", "x");
    std::vector<size_t> order;
    while (const std::optional<size_t> next = WaitForAny(calls)) {
      order.push_back(*next);
      calls[*next].Get().IgnoreError();
    }
    EXPECT_THAT(order, ElementsAre(2, 3, 1));
  });
}

TEST(WaitForAnyTest, TellsWhichEndedFirstAlsoMuchLater) {
  NetworkHost host;
  host.Run([&](Env& env) {
    std::vector<CallFuture> calls;
    calls.push_back(env.network().StartCall(host.server.id(), "slow", "x"));
    calls.push_back(env.network().StartCall(host.server.id(), "echo", "x"));
    env.clock().SleepFor(Seconds(5));
    EXPECT_EQ(WaitForAny(calls), 1u);
    EXPECT_EQ(FirstEnded(calls), 1u);
  });
}

TEST(WaitForAnyTest, GivesUpAtItsDeadline) {
  NetworkHost host;
  host.Run([&](Env& env) {
    std::vector<CallFuture> calls;
    EXPECT_EQ(WaitForAny(calls), std::nullopt);
    calls.push_back(env.network().StartCall(host.server.id(), "slow", "x"));
    EXPECT_EQ(WaitForAny(calls, VirtualTime::Milliseconds(3)), std::nullopt);
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(3));
    EXPECT_EQ(WaitForAny(calls), 0u);
  });
}

// The same calls by Call, or by StartCall and Get.
uint64_t DigestOfCalls(const NetworkOptions& network, Seed seed, bool starts) {
  NetworkHost host(network, seed);
  host.Run([&](Env& env) {
    Network& net = env.network();
    for (int i = 0; i < 100; ++i) {
      const absl::StatusOr<Bytes> reply =
          starts ? net.StartCall(host.server.id(), "echo", "x").Get()
                 : net.Call(host.server.id(), "echo", "x");
      reply.status().IgnoreError();
    }
  });
  return host.world.trace().digest();
}

TEST(CallFutureTest, MeetsTheFaultsThatACallMeets) {
  const FaultMix harsh = fault::Harsh();
  const FaultMix lab = fault::Lab{.reliable = false};
  for (uint64_t seed = 0; seed < 20; ++seed) {
    for (const FaultMix& mix : {harsh, lab}) {
      EXPECT_EQ(DigestOfCalls(mix.network, Seed(seed), true),
                DigestOfCalls(mix.network, Seed(seed), false))
          << seed;
    }
  }
}

TEST(CallFutureTest, ADeadlockNamesTheMethod) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    env.network().StartCall(host.server.id(), "stall", "x").Get().IgnoreError();
  });
  host.server.Spawn([](Env& env) {
    env.network().Serve("stall", [](NodeId, Bytes bytes) {
      Future<int>("a leader").Get();
      return bytes;
    });
  });
  const RunResult result = host.world.RunUntilIdle();
  EXPECT_EQ(result.end, RunEnd::kDeadlocked);
  EXPECT_THAT(result.report, HasSubstr("stall"));
}

TEST(CallFutureTest, ACrashOfTheCallerCancelsItSilently) {
  NetworkHost host;
  std::optional<CallFuture> kept;
  host.client.OnBoot([&](Env& env) {
    if (kept.has_value()) return;
    kept = env.network().StartCall(host.server.id(), "slow", "x");
    const CallFuture own =
        env.network().StartCall(host.server.id(), "slow", "x");
    env.tasks().WaitUntilStopped();
  });
  host.world.RunUntil(VirtualTime::Milliseconds(10));
  host.client.Crash();
  EXPECT_TRUE(kept->IsDone());
  host.client.Restart();
  host.client.Spawn(
      [&](Env&) { EXPECT_TRUE(absl::IsCancelled(kept->Get().status())); });
  EXPECT_EQ(host.world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(host.Count(EventKind::kCallFailed), 0);
  EXPECT_EQ(host.Count(EventKind::kReplyIgnored), 2);
}

// Calls when it is destroyed.
struct Farewell {
  Env& env;
  NodeId to;
  absl::Status& status;
  ~Farewell() {
    CallFuture call = env.network().StartCall(to, "echo", "bye");
    EXPECT_TRUE(call.IsDone());
    status = call.Get().status();
  }
};

TEST(CallFutureTest, NoCallIsMadeWhileACrashedTaskUnwinds) {
  NetworkHost host;
  absl::Status status;
  host.client.Spawn([&](Env& env) {
    const Farewell farewell{env, host.server.id(), status};
    env.tasks().WaitUntilStopped();
  });
  host.world.RunUntilIdle();
  host.client.Crash();
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_EQ(host.world.counters().calls, 0u);
}

// Owns a call on the stack of a younger task, which unwinds first.
TEST(CallFutureTest, WaiterAndOwnerMayUnwindInAnyOrder) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    CallFuture* call = nullptr;
    env.tasks().Spawn("owner", [&] {
      CallFuture own = env.network().StartCall(host.server.id(), "slow", "x");
      call = &own;
      env.tasks().WaitUntilStopped();
    });
    env.tasks().Yield();
    call->Wait();
    ADD_FAILURE() << "goes on after the end of its node";
  });
  host.world.RunUntil(VirtualTime::Milliseconds(10));
  host.client.Crash();
  host.world.RunUntilIdle();
}

TEST(CallFutureTest, OutlivesItsWorld) {
  CallFuture open;
  CallFuture answered;
  {
    NetworkHost host;
    host.client.Spawn([&](Env& env) {
      open = env.network().StartCall(host.server.id(), "slow", "x");
      answered =
          env.network().StartCall(host.server.id(), "echo", Bytes(100, 'x'));
      env.tasks().WaitUntilStopped();
    });
    host.world.RunUntil(VirtualTime::Milliseconds(10));
    EXPECT_FALSE(open.IsDone());
    const uint64_t digest = host.world.trace().digest();
    host.world.End();
    EXPECT_TRUE(open.IsDone());
    EXPECT_EQ(host.world.trace().digest(), digest);
  }
  EXPECT_TRUE(answered.IsDone());
}

TEST(CallFutureTest, ARecordedRunPlaysAgain) {
  const FaultMix mix = fault::Harsh();
  const auto use = [](NetworkHost& host) {
    host.Run([&](Env& env) {
      for (int i = 0; i < 100; ++i) {
        std::vector<CallFuture> calls;
        for (int j = 0; j < 3; ++j) {
          calls.push_back(
              env.network().StartCall(host.server.id(), "echo", "x"));
        }
        calls[*WaitForAny(calls)].Get().IgnoreError();
      }
    });
  };
  NetworkHost first(mix.network);
  use(first);
  const Schedule schedule = first.world.decisions().recorded();
  NetworkHost again(mix.network, Seed(2), &schedule);
  use(again);
  EXPECT_EQ(again.world.trace().digest(), first.world.trace().digest());
  EXPECT_THAT(again.world.decisions().Unused(), IsEmpty());
}

TEST(CallFutureDeathTest, TwoTasksMayNotWaitForOneCall) {
  NetworkHost host;
  host.client.Spawn([&](Env& env) {
    CallFuture call = env.network().StartCall(host.server.id(), "slow", "x");
    env.tasks().Spawn("second", [&] { call.Wait(); });
    call.Wait();
  });
  EXPECT_DEATH(host.world.RunUntilIdle(), "two tasks wait for one call");
}

TEST(CallFutureDeathTest, AFutureWithoutACallHasNoResult) {
  NetworkHost host;
  host.client.Spawn([&](Env&) { CallFuture().Get().IgnoreError(); });
  EXPECT_DEATH(host.world.RunUntilIdle(), "the future has no call");
}

}  // namespace
}  // namespace reprise
