#include "reprise/sim/env/network.h"

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;

class NetworkTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, NetworkTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(NetworkTest, ACallIsAnsweredByTheHandlerOfItsMethod) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    EXPECT_EQ(Ask(env, server, "echo", "hello"), "hello");
    EXPECT_EQ(Ask(env, server, "echo", ""), "");
  });
}

TEST_P(NetworkTest, BytesCrossAsTheyAre) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    Bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
    EXPECT_EQ(Ask(env, server, "echo", all), all);
    const Bytes large(300'000, '\0');
    EXPECT_EQ(Ask(env, server, "echo", large), large);
  });
}

TEST_P(NetworkTest, ACallSuspendsWhileOthersRun) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    bool has_run = false;
    env.tasks().Spawn("other", [&] { has_run = true; });
    Ask(env, server, "echo", "x");
    EXPECT_TRUE(has_run);
  });
}

TEST_P(NetworkTest, ACallWithoutAReplyFailsWhenItsDeadlineHasPassed) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    const VirtualTime before = env.clock().Now();
    const absl::StatusOr<Bytes> reply = env.network().Call(
        server, "never", "x", {.deadline = Milliseconds(20)});
    EXPECT_EQ(reply.status().code(), StatusCode::kDeadlineExceeded);
    EXPECT_GE(env.clock().Now(), before + Milliseconds(20));
    EXPECT_LT(env.clock().Now(), before + kLong);
  });
}

TEST_P(NetworkTest, ADeadlineThatHasPassedFailsTheCall) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    EXPECT_EQ(env.network()
                  .Call(server, "never", "x", {.deadline = Duration()})
                  .status()
                  .code(),
              StatusCode::kDeadlineExceeded);
  });
}

TEST_P(NetworkTest, ACallWithoutADeadlineMayWaitForever) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    const TaskHandle caller = env.tasks().Spawn(
        "caller", [&] { (void)env.network().Call(server, "never", "x"); });
    env.clock().SleepFor(kShort);
    EXPECT_FALSE(caller.IsDone());
    caller.Cancel();
  });
}

TEST_P(NetworkTest, WhatNothingServesIsUnimplemented) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  Run([&](Env& env) {
    const absl::Status status =
        env.network().Call(server, "nonsense", "x").status();
    EXPECT_EQ(status.code(), StatusCode::kUnimplemented);
    // Who calls it wrongly can see what.
    EXPECT_NE(status.message().find("nonsense"), absl::string_view::npos);
  });
}

TEST_P(NetworkTest, AnErrorOfTheHandlerIsTheResultOfTheCall) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = AddServer();
  Run([&](Env& env) {
    EXPECT_EQ(env.network().Call(server, "fail", "x").status(),
              absl::NotFoundError("no luck"));
  });
}

TEST_P(NetworkTest, EachCodeOfAnErrorCrosses) {
  if (const auto why = Lacks(RigTrait::kDeliversAll)) GTEST_SKIP() << *why;
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Serve(
        "code", [](NodeId, Bytes code) -> absl::StatusOr<Bytes> {
          return absl::Status(static_cast<StatusCode>(code[0]), "so it is");
        });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    for (int code = 1; code <= 16; ++code) {
      const Bytes request(1, static_cast<char>(code));
      EXPECT_EQ(env.network().Call(server, "code", request).status(),
                absl::Status(static_cast<StatusCode>(code), "so it is"));
    }
  });
}

TEST_P(NetworkTest, AHandlerLearnsWhoCalls) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Serve("who", [](NodeId from, Bytes) {
      return Bytes(std::to_string(from.value()));
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_EQ(Ask(env, server, "who", ""), std::to_string(env.id().value()));
  });
}

TEST_P(NetworkTest, HandlersSuspendAndManyRunsAreInProgress) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    Channel<int> gate(10);
    env.network().Serve("wait", [&](NodeId, Bytes request) {
      gate.Receive();
      return request;
    });
    env.network().Serve("open", [&](NodeId, Bytes request) {
      gate.TrySend(1);
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    std::vector<TaskHandle> callers;
    for (const char* text : {"a", "b", "c"}) {
      callers.push_back(env.tasks().Spawn("caller", [&, text] {
        EXPECT_EQ(Ask(env, server, "wait", text), text);
      }));
    }
    const auto are_done = [&] {
      for (const TaskHandle& caller : callers) {
        if (!caller.IsDone()) return false;
      }
      return true;
    };
    EXPECT_FALSE(are_done());
    while (!are_done()) Ask(env, server, "open", "");
  });
}

TEST_P(NetworkTest, RepliesBelongToTheirCalls) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Serve("nap", [&env](NodeId, Bytes request) {
      env.clock().SleepFor(Milliseconds(request.size() % 3));
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    std::vector<TaskHandle> callers;
    for (int i = 0; i < 20; ++i) {
      callers.push_back(env.tasks().Spawn("caller", [&, i] {
        const Bytes text(i, 'x');
        EXPECT_EQ(Ask(env, server, "nap", text), text);
      }));
    }
    for (const TaskHandle& caller : callers) caller.Join();
  });
}

TEST_P(NetworkTest, ANodeCanCallItself) {
  Run([](Env& env) {
    env.network().Serve("own", [](NodeId, Bytes request) { return request; });
    EXPECT_EQ(Ask(env, env.id(), "own", "x"), "x");
  });
}

TEST_P(NetworkTest, NodesCallOneAnother) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Serve("relay", [&env](NodeId from, Bytes request) {
      return Bytes(Ask(env, from, "main", request) + "!");
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    env.network().Serve("main", [](NodeId, Bytes request) { return request; });
    EXPECT_EQ(Ask(env, server, "relay", "hi"), "hi!");
  });
}

TEST_P(NetworkTest, ASentMessageArrivesAndTheSenderGoesOnAtOnce) {
  std::atomic<int> received = 0;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    env.network().Receive("note", [&](NodeId, Bytes message) {
      if (message == "x") ++received;
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    bool has_run = false;
    env.tasks().Spawn("other", [&] { has_run = true; });
    env.network().Send(server, "note", "x");
    EXPECT_FALSE(has_run);
    EXPECT_TRUE(WaitUntil(env, [&] {
      // It may be lost.
      if (received == 0 && !rig().Has(RigTrait::kDeliversAll)) {
        env.network().Send(server, "note", "x");
      }
      return received > 0;
    }));
  });
}

TEST_P(NetworkTest, WhatIsAnsweredToAMessageGoesNowhere) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    env.network().Send(server, "echo", "x");
    env.network().Send(server, "fail", "x");
    EXPECT_EQ(Ask(env, server, "echo", "y"), "y");
  });
}

TEST_P(NetworkTest, AMessageThatNobodyServesIsDropped) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    env.network().Send(server, "nonsense", "x");
    env.network().Send(env.id(), "nonsense", "x");
    EXPECT_EQ(Ask(env, server, "echo", "y"), "y");
  });
}

TEST_P(NetworkTest, ACallOfAReceivedMethodHasAnEmptyReply) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Receive("note", [](NodeId, Bytes) {});
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) { EXPECT_EQ(Ask(env, server, "note", "x"), ""); });
}

TEST_P(NetworkTest, ResolveFindsANodeByItsNameAndNotFoundOtherwise) {
  const NodeId first = AddServer("first");
  const NodeId second = AddServer("second");
  Run([&](Env& env) {
    EXPECT_EQ(*env.network().Resolve("first"), first);
    EXPECT_EQ(*env.network().Resolve("second"), second);
    EXPECT_EQ(*env.network().Resolve("main"), env.id());
    EXPECT_EQ(env.network().Resolve("third").status().code(),
              StatusCode::kNotFound);
  });
}

TEST_P(NetworkTest, ResolveFindsANodeThatIsDown) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    rig().Crash(server);
    EXPECT_EQ(*env.network().Resolve("server"), server);
  });
}

TEST_P(NetworkTest, ANodeThatIsDownAnswersNothingAndDropsMessages) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    Ask(env, server, "echo", "x");
    rig().Crash(server);
    env.network().Send(server, "echo", "x");
    const StatusCode code =
        env.network()
            .Call(server, "echo", "x", {.deadline = Milliseconds(50)})
            .status()
            .code();
    EXPECT_TRUE(code == StatusCode::kUnavailable ||
                code == StatusCode::kDeadlineExceeded)
        << absl::StatusCodeToString(code);
  });
}

TEST_P(NetworkTest, WhatIsSentAfterwardsGoesOverANewConnection) {
  const NodeId server = AddServer();
  Run([&](Env& env) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(Ask(env, server, "echo", "x"), "x");
      rig().Crash(server);
      rig().Restart(server);
    }
    EXPECT_EQ(Ask(env, server, "echo", "x"), "x");
  });
}

TEST_P(NetworkTest, TheStandardsAndAbseilsTextsAreTheSame) {
  const NodeId server = rig().AddNode("server", [](Env& env) {
    env.network().Serve(absl::string_view("echo"),
                        [](NodeId, Bytes request) { return request; });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_EQ(Ask(env, server, "echo", "x"), "x");
    EXPECT_EQ(*env.network().Resolve(absl::string_view("server")), server);
    env.network().Send(server, absl::string_view("echo"), "x");
  });
}

}  // namespace
}  // namespace reprise
