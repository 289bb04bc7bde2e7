#include "reprise/sim/real/real_world.h"

#include <csignal>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_node.h"

namespace reprise {
namespace {

using testing::HasSubstr;

RealNode& Add(RealWorld& world, const RealNodeOptions& options) {
  absl::StatusOr<RealNode*> node = world.AddNode(options);
  EXPECT_TRUE(node.ok()) << node.status();
  return **node;
}

RealNode& AddServer(RealWorld& world) {
  return Add(world, {.name = "server", .listen = Address{"127.0.0.1", 0}});
}

RealMember AsMember(const RealNode& node) {
  return {std::string(node.name()), *node.address()};
}

void ServeEcho(Env& env) {
  env.network().Serve("echo", [](NodeId, Bytes request) { return request; });
  env.network().Serve("slow-echo", [&env](NodeId, Bytes request) {
    env.clock().SleepFor(Milliseconds(200));
    return request;
  });
  env.tasks().WaitUntilStopped();
}

// A world with a server, in a thread of its own.
class ServerThread {
 public:
  ServerThread() : thread_([this] { Run(); }) { is_ready_.get_future().wait(); }
  ~ServerThread() { thread_.join(); }

  const RealMember& member() const { return member_; }
  void Stop() { world_->Stop(); }

 private:
  void Run() {
    RealWorld world;
    RealNode& server = AddServer(world);
    server.OnBoot(ServeEcho);
    world_ = &world;
    member_ = AsMember(server);
    is_ready_.set_value();
    EXPECT_TRUE(world.Run().ok());
  }

  RealWorld* world_ = nullptr;
  RealMember member_;
  std::promise<void> is_ready_;
  std::thread thread_;
};

TEST(RealWorldTest, EndsWhenItsTasksHaveEnded) {
  RealWorld world;
  std::vector<std::string> done;
  RealNode& node = Add(world, {.name = "node"});
  node.OnBoot([&](Env& env) {
    env.tasks().Spawn("later", [&] {
      env.clock().SleepFor(Milliseconds(5));
      done.push_back("later");
    });
    done.push_back("boot");
  });
  EXPECT_TRUE(world.Run().ok());
  EXPECT_EQ(done, (std::vector<std::string>{"boot", "later"}));
}

TEST(RealWorldTest, NodesOfTwoThreadsTalk) {
  ServerThread server;
  RealWorld clients;
  int answered = 0;
  for (const char* name : {"clerk-0", "clerk-1"}) {
    Add(clients, {.name = name, .members = {server.member()}})
        .OnBoot([&](Env& env) {
          const NodeId id = *env.network().Resolve("server");
          for (int i = 0; i < 100; ++i) {
            answered += env.network().Call(id, "echo", "x").ok() ? 1 : 0;
          }
        });
  }
  EXPECT_TRUE(clients.Run().ok());
  EXPECT_EQ(answered, 200);
  server.Stop();
}

TEST(RealWorldTest, StopLetsRequestsInProgressEnd) {
  ServerThread server;
  RealWorld clients;
  Add(clients, {.name = "clerk", .members = {server.member()}})
      .OnBoot([&](Env& env) {
        CallFuture slow = env.network().StartCall(NodeId(0), "slow-echo", "x");
        EXPECT_TRUE(env.network().Call(NodeId(0), "echo", "x").ok());
        server.Stop();
        EXPECT_EQ(*slow.Get(), "x");
      });
  EXPECT_TRUE(clients.Run().ok());
}

TEST(RealWorldDeathTest, RunsInTheThreadThatMadeIt) {
  RealWorld world;
  EXPECT_DEATH(std::thread([&] { (void)world.Run(); }).join(),
               "make the world in the thread that calls its Run");
}

TEST(RealWorldTest, StopWaitsNoLongerThanTheGrace) {
  RealWorld world({.grace = Milliseconds(50)});
  RealNode& node = AddServer(world);
  bool is_unwound = false;
  node.OnBoot([&](Env& env) {
    struct OnUnwind {
      bool& flag;
      ~OnUnwind() { flag = true; }
    };
    env.network().Serve("never", [&](NodeId, Bytes) {
      const OnUnwind guard{is_unwound};
      env.tasks().WaitUntilStopped();
      return Bytes();
    });
    env.network().Send(env.id(), "never", "");
    env.tasks().Yield();
    world.Stop();
    env.tasks().WaitUntilStopped();
  });
  EXPECT_TRUE(world.Run().ok());
  EXPECT_TRUE(is_unwound);
}

TEST(RealWorldTest, StopsOnASignal) {
  RealWorld world;
  AddServer(world).OnBoot([&](Env& env) {
    world.StopOnSignals();
    std::raise(SIGTERM);
    env.tasks().WaitUntilStopped();
  });
  EXPECT_TRUE(world.Run().ok());
}

TEST(RealWorldTest, AnExceptionOfATaskEndsItAndIsTold) {
  RealWorld world;
  // tidy: allow(throw) as code of others may
  const auto fail = [](Env&) { throw std::runtime_error("no such luck"); };
  AddServer(world).OnBoot(fail);
  const absl::Status status = world.Run();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("node server, task \"boot\" threw"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("no such luck"));
}

TEST(RealWorldTest, TellsWhatANodeCannotHave) {
  RealWorld world;
  RealNode& server = AddServer(world);
  const absl::Status status =
      world.AddNode({.name = "other", .listen = server.address()}).status();
  EXPECT_THAT(std::string(status.message()),
              HasSubstr(server.address()->ToString()));
}

TEST(RealWorldTest, TimeGoesOnWhileATaskRuns) {
  RealWorld world;
  Add(world, {.name = "node"}).OnBoot([](Env& env) {
    const VirtualTime begin = env.clock().Now();
    while (env.clock().Now() < begin + Milliseconds(20)) {
    }
    const VirtualTime before = env.clock().Now();
    EXPECT_GE(SteadyClock::now(), ToChrono<SteadyClock>(before));
    Future<int> never;
    EXPECT_FALSE(never.WaitFor(Milliseconds(5)));
    EXPECT_GE(env.clock().Now() - before, Milliseconds(5));
  });
  EXPECT_TRUE(world.Run().ok());
}

TEST(RealWorldTest, ClocksGoOn) {
  RealWorld world;
  Add(world, {.name = "node"}).OnBoot([](Env& env) {
    const VirtualTime before = env.clock().Now();
    const VirtualTime wall_before = env.clock().WallTime();
    env.clock().SleepFor(Milliseconds(10));
    EXPECT_GE(env.clock().Now() - before, Milliseconds(10));
    EXPECT_LT(env.clock().Now() - before, Seconds(5));
    EXPECT_GE(env.clock().WallTime() - wall_before, Milliseconds(9));
    // 2020.
    EXPECT_GT(wall_before, VirtualTime::Seconds(1'577'836'800));
  });
  EXPECT_TRUE(world.Run().ok());
}

}  // namespace
}  // namespace reprise
