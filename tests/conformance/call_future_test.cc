#include "reprise/sim/env/call_future.h"

#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;

class CallFutureTest : public ConformanceTest {
 protected:
  // A node whose method "gate" answers when its method "open" was called.
  NodeId AddGate() {
    return rig().AddNode("gate", [](Env& env) {
      bool is_open = false;
      env.network().Serve("gate", [&](NodeId, Bytes request) {
        while (!is_open) env.clock().SleepFor(Milliseconds(1));
        return request;
      });
      env.network().Serve("open", [&](NodeId, Bytes request) {
        is_open = true;
        return request;
      });
      env.tasks().WaitUntilStopped();
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Rigs, CallFutureTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(CallFutureTest, StartCallGoesOnAtOnce) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    bool has_run = false;
    env.tasks().Spawn("other", [&] { has_run = true; });
    const CallFuture call = env.network().StartCall(server, "never", "x");
    EXPECT_FALSE(has_run);
    EXPECT_TRUE(call.HasCall());
    EXPECT_FALSE(call.IsDone());
  });
}

TEST_P(CallFutureTest, GetWaitsTakesTheResultAndLetsTheCallGo) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(server, "echo", "x");
    EXPECT_EQ(*call.Get(), "x");
    EXPECT_FALSE(call.HasCall());
    CallFuture failing = env.network().StartCall(server, "fail", "x");
    failing.Wait();
    EXPECT_TRUE(failing.IsDone());
    EXPECT_EQ(failing.Get().status(), absl::NotFoundError("no luck"));
  });
}

TEST_P(CallFutureTest, ManyCallsOfOneTaskAreInProgress) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId gate = AddGate();
  Run([&](Env& env) {
    std::vector<CallFuture> calls;
    for (int i = 0; i < 10; ++i) {
      calls.push_back(env.network().StartCall(gate, "gate", Bytes(i, 'x')));
    }
    EXPECT_EQ(FirstEnded(calls), std::nullopt);
    EXPECT_TRUE(env.network().Call(gate, "open", "").ok());
    for (int i = 9; i >= 0; --i) EXPECT_EQ(*calls[i].Get(), Bytes(i, 'x'));
  });
}

TEST_P(CallFutureTest, AFutureThatWasMovedFromHasNoCall) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(server, "never", "x");
    const CallFuture other = std::move(call);
    EXPECT_FALSE(call.HasCall());
    EXPECT_TRUE(other.HasCall());
    EXPECT_FALSE(CallFuture().HasCall());
  });
}

TEST_P(CallFutureTest, WaitUntilEndsByTheClock) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(server, "never", "x");
    const VirtualTime deadline = env.clock().Now() + Milliseconds(5);
    EXPECT_FALSE(call.WaitUntil(deadline));
    EXPECT_GE(env.clock().Now(), deadline);
    EXPECT_FALSE(call.IsDone());
  });
}

TEST_P(CallFutureTest, TheDeadlineOfTheCallEndsIt) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    const VirtualTime before = env.clock().Now();
    CallFuture call = env.network().StartCall(server, "never", "x",
                                              {.deadline = Milliseconds(8)});
    EXPECT_TRUE(call.WaitUntil(before + kLong));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(8));
    EXPECT_EQ(call.Get().status().code(), StatusCode::kDeadlineExceeded);
  });
}

TEST_P(CallFutureTest, ACancelledCallHasEndedAndItsReplyIsIgnored) {
  const NodeId gate = AddGate();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(gate, "gate", "x");
    call.Cancel();
    EXPECT_TRUE(call.IsDone());
    Ask(env, gate, "open", "");
    env.clock().SleepFor(kShort);
    call.Cancel();
    EXPECT_EQ(call.Get().status().code(), StatusCode::kCancelled);
  });
}

TEST_P(CallFutureTest, ToCancelACallThatHasEndedDoesNothing) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(server, "echo", "x");
    call.Wait();
    call.Cancel();
    EXPECT_EQ(*call.Get(), "x");
  });
}

TEST_P(CallFutureTest, TheServerIsNotToldOfACancelledCall) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  std::atomic<int> handled = 0;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    env.network().Serve("count", [&](NodeId, Bytes request) {
      env.clock().SleepFor(Milliseconds(3));
      ++handled;
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    env.network().StartCall(server, "count", "").Cancel();
    // A future that is dropped cancels its call.
    (void)env.network().StartCall(server, "count", "");
    EXPECT_TRUE(WaitUntil(env, [&] { return handled == 2; }));
  });
}

TEST_P(CallFutureTest, ACrashCancelsCallsOfFuturesOutsideOfTasks) {
  const NodeId server = AddServer();
  CallFuture call;
  std::atomic<bool> has_called = false;
  const NodeId client = rig().AddNode("client", [&](Env& env) {
    call = env.network().StartCall(server, "never", "x");
    has_called = true;
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return has_called.load(); }));
    rig().Crash(client);
    EXPECT_TRUE(call.IsDone());
    EXPECT_EQ(call.Get().status().code(), StatusCode::kCancelled);
  });
}

TEST_P(CallFutureTest, WaitForAnyTellsWhichEndedFirst) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  const NodeId gate = AddGate();
  Run([&](Env& env) {
    std::vector<CallFuture> calls(4);
    calls[1] = env.network().StartCall(gate, "gate", "second");
    calls[2] = env.network().StartCall(server, "never", "x");
    calls[3] = env.network().StartCall(server, "echo", "first");
    EXPECT_EQ(WaitForAny(calls), 3u);
    EXPECT_TRUE(env.network().Call(gate, "open", "").ok());
    calls[1].Wait();
    // Both have ended: in this order.
    EXPECT_EQ(FirstEnded(calls), 3u);
    EXPECT_EQ(*calls[3].Get(), "first");
    EXPECT_EQ(WaitForAny(calls), 1u);
    EXPECT_EQ(*calls[1].Get(), "second");
    EXPECT_EQ(FirstEnded(calls), std::nullopt);
  });
}

TEST_P(CallFutureTest, WaitForAnyEndsWithoutCallsAndAtItsDeadline) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    std::vector<CallFuture> calls(2);
    EXPECT_EQ(WaitForAny(calls), std::nullopt);
    calls[0] = env.network().StartCall(server, "never", "x");
    const VirtualTime deadline = env.clock().Now() + Milliseconds(5);
    EXPECT_EQ(WaitForAny(calls, deadline), std::nullopt);
    EXPECT_GE(env.clock().Now(), deadline);
  });
}

TEST_P(CallFutureTest, ABrokenConnectionFailsItsCallsAtOnce) {
  if (const auto why = Lacks(RigTrait::kTellsOfLosses)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  Run([&](Env& env) {
    CallFuture call = env.network().StartCall(server, "never", "x");
    EXPECT_TRUE(env.network().Call(server, "echo", "x").ok());
    rig().Crash(server);
    EXPECT_EQ(call.Get().status().code(), StatusCode::kUnavailable);
    // A node that is not there is told of at once.
    EXPECT_EQ(env.network().Call(server, "echo", "x").status().code(),
              StatusCode::kUnavailable);
  });
}

}  // namespace
}  // namespace reprise
