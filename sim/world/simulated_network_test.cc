// Remote calls between nodes, through the interfaces that code under test sees.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Serves "echo" after `work`.
std::function<void(Env&)> EchoServer(Duration work = {}) {
  return [work](Env& env) {
    env.network().Serve(
        "echo", [&env, work](NodeId, Bytes request) -> absl::StatusOr<Bytes> {
          env.clock().SleepFor(work);
          return request;
        });
    env.tasks().WaitUntilStopped();
  };
}

// How often `kind` is among the events of all the test's worlds.
class CountingSink final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    ++counts[event.kind];
    values[event.kind].push_back(event.value);
  }

  std::map<EventKind, int64_t> counts;
  std::map<EventKind, std::vector<uint64_t>> values;
};

// One client and a server that echoes.
class SimulatedNetworkTest : public testing::Test {
 protected:
  // Runs `client` in a world with this network.
  RunResult RunClient(const NetworkOptions& network,
                      std::function<void(Env&, NodeId)> client,
                      Seed seed = Seed(1), Duration work = {}) {
    World world({.seed = seed, .faults = {.network = network}});
    world.trace().SetSink(&sink_);
    const NodeId server = world.AddNode("server").id();
    world.node(server).OnBoot(EchoServer(work));
    world.AddNode("clerk").Spawn(
        [client, server](Env& env) { client(env, server); });
    RunResult result = world.RunUntilIdle();
    counters_ = world.counters();
    faults_ = world.fault_counts();
    return result;
  }

  // One call after another, 100 for each of 100 seeds.
  void RunManyCalls(const NetworkOptions& network) {
    for (uint64_t seed = 0; seed < 100; ++seed) {
      RunClient(
          network,
          [](Env& env, NodeId server) {
            for (int i = 0; i < 100; ++i) {
              env.network().Call(server, "echo", "x").IgnoreError();
            }
          },
          Seed(seed));
    }
  }

  CountingSink sink_;
  NetworkCounters counters_;
  FaultCounts faults_;
};

TEST_F(SimulatedNetworkTest, ACallBringsTheHandlersReply) {
  RunClient({}, [](Env& env, NodeId server) {
    EXPECT_EQ(env.network().Call(server, "echo", "hello").value(), "hello");
    EXPECT_EQ(env.clock().Now(), VirtualTime() + Microseconds(100));
  });
  EXPECT_EQ(counters_.calls, 1u);
  EXPECT_EQ(counters_.handled, 1u);
  EXPECT_EQ(counters_.request_bytes, 5u);
  EXPECT_EQ(counters_.reply_bytes, 5u);
}

TEST_F(SimulatedNetworkTest, CarriesAnyBytes) {
  Bytes all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  RunClient({}, [all](Env& env, NodeId server) {
    for (const Bytes& bytes : {Bytes(), Bytes(1, '\0'), all}) {
      EXPECT_EQ(env.network().Call(server, "echo", bytes).value(), bytes);
    }
  });
}

TEST_F(SimulatedNetworkTest, AMethodThatNobodyServesIsUnimplemented) {
  RunClient({}, [](Env& env, NodeId server) {
    const absl::Status status =
        env.network().Call(server, "sing", "x").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
    EXPECT_THAT(std::string(status.message()), HasSubstr("sing"));
  });
  EXPECT_EQ(sink_.counts[EventKind::kRequestRefused], 1);
}

TEST_F(SimulatedNetworkTest, AHandlersErrorReachesTheCaller) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("fail", [](NodeId, Bytes) -> absl::StatusOr<Bytes> {
      return absl::NotFoundError("no such key");
    });
    env.tasks().WaitUntilStopped();
  });
  absl::Status status;
  world.AddNode("clerk").Spawn([&](Env& env) {
    status = env.network().Call(server.id(), "fail", "x").status();
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(status, absl::NotFoundError("no such key"));
}

TEST_F(SimulatedNetworkTest, AHandlerLearnsWhoCalls) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  std::vector<NodeId> callers;
  server.OnBoot([&](Env& env) {
    env.network().Serve("who", [&](NodeId from, Bytes) {
      callers.push_back(from);
      return Bytes();
    });
    env.tasks().WaitUntilStopped();
  });
  const NodeId clerk = world.AddNode("clerk").id();
  world.node(clerk).Spawn([&](Env& env) {
    EXPECT_TRUE(env.network().Call(server.id(), "who", "").ok());
  });
  world.RunUntilIdle();
  EXPECT_THAT(callers, ElementsAre(clerk));
}

TEST_F(SimulatedNetworkTest, ManyCallsAreInFlightAndHandlersMaySuspend) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot(EchoServer(Seconds(1)));
  int done = 0;
  Node& clerk = world.AddNode("clerk");
  for (int i = 0; i < 1'000; ++i) {
    clerk.Spawn([&, i](Env& env) {
      const Bytes bytes = std::to_string(i);
      EXPECT_EQ(env.network().Call(server.id(), "echo", bytes).value(), bytes);
      ++done;
    });
  }
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
  EXPECT_EQ(done, 1'000);
  EXPECT_EQ(world.now(), VirtualTime::Seconds(1) + Microseconds(100));
}

TEST_F(SimulatedNetworkTest, ANodeCanCallItself) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("node");
  node.OnBoot(EchoServer());
  node.Spawn([&](Env& env) {
    EXPECT_EQ(env.network().Call(node.id(), "echo", "x").value(), "x");
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
}

TEST_F(SimulatedNetworkTest, ACallFailsAtItsDeadline) {
  RunClient(
      {},
      [](Env& env, NodeId server) {
        const absl::Status status =
            env.network()
                .Call(server, "echo", "x", {.deadline = Milliseconds(10)})
                .status();
        EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
        EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(10));
      },
      Seed(1), /*work=*/Seconds(1));
  EXPECT_EQ(counters_.handled, 1u);
  EXPECT_EQ(sink_.counts[EventKind::kReplyIgnored], 1);
}

TEST_F(SimulatedNetworkTest, ALateReplyDoesNotAnswerTheNextCall) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("wait", [&env](NodeId, Bytes request) {
      env.clock().SleepFor(Milliseconds(request == "slow" ? 15 : 10));
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("clerk").Spawn([&](Env& env) {
    Network& network = env.network();
    EXPECT_FALSE(
        network.Call(server.id(), "wait", "slow", {.deadline = Milliseconds(8)})
            .ok());
    EXPECT_EQ(network.Call(server.id(), "wait", "fast").value(), "fast");
    EXPECT_EQ(env.clock().Now(),
              VirtualTime::Milliseconds(18) + Microseconds(100));
  });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
}

TEST_F(SimulatedNetworkTest, TheDefaultDeadlineServesCallsWithoutTheirOwn) {
  RunClient(
      {.default_deadline = Milliseconds(10)},
      [](Env& env, NodeId server) {
        EXPECT_FALSE(env.network().Call(server, "echo", "x").ok());
        EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(10));
      },
      Seed(1), /*work=*/Seconds(1));
}

TEST_F(SimulatedNetworkTest, ASilentLossWithoutDeadlineIsADeadlock) {
  const RunResult result =
      RunClient({.request = {.loss = {1, 1}}}, [](Env& env, NodeId server) {
        env.network().Call(server, "echo", "x").IgnoreError();
      });
  EXPECT_EQ(result.end, RunEnd::kDeadlocked);
  EXPECT_THAT(result.report,
              HasSubstr("clerk: task \"main\" waits for a reply to echo #1"));
}

TEST_F(SimulatedNetworkTest, ALossThatIsToldFailsTheCallWhenItWouldArrive) {
  NetworkOptions network = {.loss_notice = LossNotice::kAtOnce};
  network.request.loss = {1, 1};
  RunClient(network, [](Env& env, NodeId server) {
    const absl::Status status =
        env.network().Call(server, "echo", "x").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(env.clock().Now(), VirtualTime() + Microseconds(50));
  });
  EXPECT_EQ(counters_.handled, 0u);
  network.request.loss = {};
  network.reply.loss = {1, 1};
  RunClient(network, [](Env& env, NodeId server) {
    const absl::Status status =
        env.network().Call(server, "echo", "x").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(env.clock().Now(), VirtualTime() + Microseconds(100));
  });
  EXPECT_EQ(counters_.handled, 1u);
}

TEST_F(SimulatedNetworkTest, ADoubledRequestRunsTheHandlerTwice) {
  RunClient({.request = {.duplicate = {1, 1}}}, [](Env& env, NodeId server) {
    EXPECT_TRUE(env.network().Call(server, "echo", "x").ok());
  });
  EXPECT_EQ(counters_.handled, 2u);
  EXPECT_EQ(faults_[Fault::kDuplicate], 1u);
  EXPECT_EQ(sink_.counts[EventKind::kReplyDelivered], 1);
  EXPECT_EQ(sink_.counts[EventKind::kReplyIgnored], 1);
}

TEST_F(SimulatedNetworkTest, ADoubledReplyIsTakenOnce) {
  RunClient({.reply = {.duplicate = {1, 1}}}, [](Env& env, NodeId server) {
    EXPECT_EQ(env.network().Call(server, "echo", "x").value(), "x");
  });
  EXPECT_EQ(counters_.handled, 1u);
  EXPECT_EQ(sink_.counts[EventKind::kReplyDelivered], 1);
  EXPECT_EQ(sink_.counts[EventKind::kReplyIgnored], 1);
}

TEST_F(SimulatedNetworkTest, LossIsAsFrequentAsAsked) {
  NetworkOptions network = {.loss_notice = LossNotice::kAtOnce};
  network.request.loss = {1, 10};
  network.reply.loss = {1, 4};
  RunManyCalls(network);
  const int64_t requests = sink_.counts[EventKind::kRequestLost];
  const int64_t replies = sink_.counts[EventKind::kReplyLost];
  EXPECT_TRUE(IsAsFrequent(requests, 10'000, {1, 10}));
  EXPECT_TRUE(IsAsFrequent(replies, 10'000 - requests, {1, 4}));
}

TEST_F(SimulatedNetworkTest, DuplicationIsAsFrequentAsAsked) {
  NetworkOptions network;
  network.request.duplicate = {1, 10};
  network.reply.duplicate = {1, 4};
  RunManyCalls(network);
  const int64_t requests = sink_.counts[EventKind::kRequestDuplicated];
  const int64_t replies = sink_.counts[EventKind::kReplyDuplicated];
  EXPECT_TRUE(IsAsFrequent(requests, 10'000, {1, 10}));
  // The duplicate of a request is answered too.
  EXPECT_TRUE(IsAsFrequent(replies, 10'000 + requests, {1, 4}));
}

TEST_F(SimulatedNetworkTest, DelaysAreUniformInTheirRange) {
  NetworkOptions network;
  network.request.delay.minimum = Microseconds(0);
  network.request.delay.maximum = Microseconds(100) - Nanoseconds(1);
  RunManyCalls(network);
  std::vector<int64_t> counts(10);
  for (const uint64_t delay : sink_.values[EventKind::kRequestSent]) {
    ASSERT_LT(delay, 100'000u);
    ++counts[delay / 10'000];
  }
  for (const int64_t count : counts) {
    EXPECT_TRUE(IsAsFrequent(count, 10'000, {1, 10}));
  }
}

TEST_F(SimulatedNetworkTest, TrafficOfOneLinkShiftsNoFaultOnAnother) {
  const auto delays_of_clerk = [](bool has_neighbour) {
    World world({.seed = Seed(1), .faults = fault::Lab{.reliable = false}});
    Node& server = world.AddNode("server");
    server.OnBoot(EchoServer());
    std::vector<bool> results;
    world.AddNode("clerk").Spawn([&](Env& env) {
      for (int i = 0; i < 100; ++i) {
        results.push_back(env.network().Call(server.id(), "echo", "").ok());
      }
    });
    if (has_neighbour) {
      world.AddNode("neighbour").Spawn([&](Env& env) {
        for (int i = 0; i < 50; ++i) {
          env.network().Call(server.id(), "echo", "").IgnoreError();
        }
      });
    }
    world.RunUntilIdle();
    return results;
  };
  EXPECT_EQ(delays_of_clerk(true), delays_of_clerk(false));
}

// Handlers and waiting callers refer to the names of methods, however many.
TEST_F(SimulatedNetworkTest, ReportsNameMethodsThatWereAddedBeforeOthers) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("first", [](NodeId, Bytes) {
      Future<Bytes> never("never");
      return never.Get();
    });
    env.clock().SleepFor(Seconds(1));
    for (int i = 0; i < 100; ++i) {
      env.network().Serve("m" + std::to_string(i),
                          [](NodeId, Bytes) { return Bytes(); });
    }
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("clerk").Spawn([&](Env& env) {
    env.network().Call(server.id(), "first", "").IgnoreError();
  });
  EXPECT_EQ(world.RunUntilIdle().report,
            "  server: task \"boot\" waits for the end of its node\n"
            "  server: task \"first\" waits for future never\n"
            "  clerk: task \"main\" waits for a reply to first #1\n");
}

TEST_F(SimulatedNetworkTest, AMethodIsServedOnce) {
  World world({.seed = Seed(1)});
  world.AddNode("server").OnBoot([](Env& env) {
    env.network().Serve("a", [](NodeId, Bytes) { return Bytes(); });
    env.network().Serve("a", [](NodeId, Bytes) { return Bytes(); });
  });
  EXPECT_DEATH(world.RunUntilIdle(), "a is served already");
}

TEST_F(SimulatedNetworkTest, ACallToNoNodeNamesIt) {
  World world({.seed = Seed(1)});
  world.AddNode("clerk").Spawn(
      [](Env& env) { env.network().Call(NodeId(7), "a", "").IgnoreError(); });
  EXPECT_DEATH(world.RunUntilIdle(), "no node 7");
}

}  // namespace
}  // namespace reprise
