// Which faults strike nothing.

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

enum class Traffic { kNone, kSome };

// A server and a client, which calls it each millisecond or never.
class IdleFaultsTest : public testing::Test {
 protected:
  IdleFaultsTest() : world_({.seed = Seed(1), .faults = fault::Calm()}) {
    server_.OnBoot([](Env& env) {
      env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
      env.tasks().WaitUntilStopped();
    });
  }

  void Run(Traffic traffic, int milliseconds = 10) {
    if (traffic == Traffic::kSome) {
      client_.Spawn([&, milliseconds](Env& env) {
        for (int i = 0; i < milliseconds; ++i) {
          (void)env.network().Call(server_.id(), "echo", "x",
                                   {.deadline = Milliseconds(1)});
          env.clock().SleepFor(Milliseconds(1));
        }
      });
    }
    world_.RunUntil(world_.now() + Milliseconds(milliseconds));
  }
  uint64_t Idle(Fault fault) { return world_.fault_counts().Idle(fault); }

  World world_;
  Node& server_ = world_.AddNode("server");
  Node& client_ = world_.AddNode("client");
};

TEST_F(IdleFaultsTest, APartitionWhileNobodySends) {
  const Partition partition = Partition::Split({server_.id()}, {client_.id()});
  world_.BeginPartition(partition);
  Run(Traffic::kNone);
  EXPECT_EQ(Idle(Fault::kPartition), 1);
  Run(Traffic::kSome);
  EXPECT_EQ(Idle(Fault::kPartition), 0);
  world_.EndPartition(partition);
  EXPECT_EQ(world_.fault_counts()[Fault::kPartition], 1);
}

TEST_F(IdleFaultsTest, AResetOfAConnectionWithoutCalls) {
  world_.ResetConnection(client_.id(), server_.id());
  EXPECT_EQ(Idle(Fault::kReset), 1);
  client_.Spawn(
      [&](Env& env) { (void)env.network().Call(server_.id(), "echo", "x"); });
  world_.RunUntil(world_.now());
  world_.ResetConnection(client_.id(), server_.id());
  EXPECT_EQ(Idle(Fault::kReset), 1);
  EXPECT_EQ(world_.fault_counts()[Fault::kReset], 2);
}

TEST_F(IdleFaultsTest, AClogThatHoldsNothingBack) {
  world_.Clog(client_.id(), server_.id(), Milliseconds(5));
  Run(Traffic::kNone);
  EXPECT_EQ(Idle(Fault::kClog), 1);
  world_.Clog(client_.id(), server_.id(), Milliseconds(5));
  Run(Traffic::kSome);
  EXPECT_EQ(Idle(Fault::kClog), 1);
}

TEST_F(IdleFaultsTest, ASlowNodeThatNobodyCalls) {
  world_.SlowDown(server_.id(), Milliseconds(1));
  Run(Traffic::kNone);
  world_.SlowDown(server_.id(), Duration());
  EXPECT_EQ(Idle(Fault::kSlow), 1);
  world_.SlowDown(server_.id(), Milliseconds(1));
  Run(Traffic::kSome);
  EXPECT_EQ(Idle(Fault::kSlow), 1);
}

TEST_F(IdleFaultsTest, APauseInWhichNoTaskWouldHaveRun) {
  Run(Traffic::kNone);
  server_.Pause();
  Run(Traffic::kNone);
  server_.Resume();
  EXPECT_EQ(Idle(Fault::kPause), 1);
  server_.Pause();
  Run(Traffic::kSome);
  server_.Resume();
  EXPECT_EQ(Idle(Fault::kPause), 1);
}

TEST_F(IdleFaultsTest, ACrashOfANodeAtRest) {
  Run(Traffic::kNone);
  server_.Crash();
  EXPECT_EQ(Idle(Fault::kCrash), 1);
  server_.Restart();
  // Its program has not begun: it is at work.
  server_.Crash();
  EXPECT_EQ(Idle(Fault::kCrash), 1);
  EXPECT_EQ(world_.fault_counts()[Fault::kCrash], 2);
}

}  // namespace
}  // namespace reprise
