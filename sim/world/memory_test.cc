// What is charged to whom in a world.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/purpose.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int64_t kLarge = 1 << 20;

// Keeps what it sees.
class Keeper : public TraceSink {
 public:
  void OnEvent(const TraceEvent&, std::string_view content) override {
    contents_.emplace_back(content);
    contents_.back().append(100, ' ');
  }

 private:
  std::vector<std::string> contents_;
};

TEST(WorldMemoryTest, ChargesANodeForWhatItsTasksAndHandlersHold) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    std::vector<char> table(1000);
    std::vector<Bytes> received;
    env.network().Serve("store", [&](NodeId, Bytes bytes) {
      received.push_back(std::move(bytes));
      return Bytes();
    });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  client.Spawn([&](Env& env) {
    const Bytes request(kLarge, 'x');
    EXPECT_TRUE(env.network().Call(server.id(), "store", request).ok());
  });
  world.RunUntilIdle();
  EXPECT_GE(server.memory().held_bytes(), kLarge + 1000);
  EXPECT_LE(server.memory().held_bytes(), kLarge + 1200);
  EXPECT_EQ(client.memory().held_bytes(), 0);
}

TEST(WorldMemoryTest, ChargesTheFrameworkToNobody) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  for (int i = 0; i < 100; ++i) {
    client.Spawn([&](Env& env) {
      env.clock().SleepFor(Milliseconds(env.random().Uniform(0, 10)));
      EXPECT_TRUE(env.network().Call(server.id(), "echo", "short").ok());
    });
  }
  world.RunUntilIdle();
  EXPECT_EQ(client.memory().peak_bytes(), 0);
  EXPECT_EQ(client.memory().held_blocks(), 0);
}

TEST(WorldMemoryTest, ACrashGivesBackWhatTheNodeHeld) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    const std::vector<char> table(1000);
    env.tasks().WaitUntilStopped();
  });
  world.RunUntilIdle();
  EXPECT_EQ(server.memory().held_bytes(), 1000);
  server.Crash();
  EXPECT_EQ(server.memory().held_bytes(), 0);
  server.Restart();
  world.RunUntilIdle();
  EXPECT_EQ(server.memory().held_bytes(), 1000);
}

TEST(WorldMemoryTest, ReportsWhatACrashLeavesOnTheAccount) {
  World world({.seed = Seed(1)});
  Node& clean = world.AddNode("clean");
  Node& leaky = world.AddNode("leaky");
  char* leaked = nullptr;
  clean.OnBoot([](Env& env) {
    const std::vector<char> table(1000);
    env.tasks().WaitUntilStopped();
  });
  leaky.OnBoot([&](Env& env) {
    leaked = new char[100];
    env.tasks().WaitUntilStopped();
  });
  world.RunUntil(VirtualTime::Seconds(1));
  clean.Crash();
  EXPECT_TRUE(world.leaks().empty());
  leaky.Crash();
  ASSERT_EQ(world.leaks().size(), 1u);
  const MemoryLeak& leak = world.leaks()[0];
  EXPECT_EQ(leak.node, leaky.id());
  EXPECT_EQ(leak.time, VirtualTime::Seconds(1));
  EXPECT_EQ(leak.bytes, 100);
  EXPECT_EQ(leak.blocks, 1);
  delete[] leaked;
}

TEST(WorldMemoryTest, ChargesWhatIsRecordedAboutADiskToNobody) {
  World world({.seed = Seed(1), .faults = fault::Swarm{Seed(1)}});
  world.decisions().Record();
  Keeper keeper;
  world.trace().SetSink(&keeper);
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    for (int i = 0; i < 100; ++i) {
      const auto file = env.disk().Open("a file", OpenMode::kCreate);
      if (!file.ok()) continue;
      (*file)->Append("more than fits into a short string").IgnoreError();
      (*file)->Read(0, 100).status().IgnoreError();
      (*file)->Sync().IgnoreError();
      env.disk().List().status().IgnoreError();
      env.disk().Rename("a file", "another file").IgnoreError();
      env.disk().SyncDirectory().IgnoreError();
    }
    env.tasks().WaitUntilStopped();
  });
  world.RunUntil(VirtualTime::Seconds(100));
  EXPECT_EQ(server.memory().held_blocks(), 0);
  server.Crash();
  EXPECT_TRUE(world.leaks().empty());
}

// A world that records all that it can, and has a task call its functions.
class Doors {
 public:
  Doors() {
    world_.decisions().Record();
    world_.trace().SetSink(&keeper_);
    for (Node* node : {&a_, &b_}) {
      node->OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
    }
  }

  // Expects that `call` leaves nothing on the account of the task that makes
  // it, not even for a while.
  template <typename Call>
  void Expect(std::string_view name, Call call) {
    Node& caller = world_.AddNode(NodeName("caller", ++callers_));
    caller.Spawn([&](Env& env) {
      call(env);
      const MemoryAccount& memory = caller.memory();
      // The expectations themselves request memory.
      const int64_t held = memory.held_bytes();
      const int64_t peak = memory.peak_bytes();
      EXPECT_EQ(held, 0) << name;
      EXPECT_EQ(peak, 0) << name;
    });
    world_.RunUntil(world_.now() + Seconds(1));
  }

  World world_{{.seed = Seed(1)}};
  Node& a_ = world_.AddNode("a");
  Node& b_ = world_.AddNode("b");
  const Partition partition_ = Partition::Split({a_.id()}, {b_.id()});
  const Span span_ = {VirtualTime::Seconds(1000), Seconds(1)};

 private:
  Keeper keeper_;
  int callers_ = 0;
};

constexpr std::string_view kLongName =
    "a name that is longer than what fits into a string without memory";

TEST(DoorsTest, AWorldsFunctionsLeaveNothingOnTheCallersAccount) {
  Doors doors;
  World& world = doors.world_;
  const NodeId a = doors.a_.id();
  const NodeId b = doors.b_.id();
  doors.Expect("AddNode", [&](Env&) { world.AddNode(kLongName); });
  std::optional<PacketRuleGuard> guard;
  doors.Expect("AddPacketRule", [&](Env&) {
    guard.emplace(
        world.AddPacketRule([](const PacketView&) { return Ruling::Pass(); }));
  });
  doors.Expect("~PacketRuleGuard", [&](Env&) { guard.reset(); });
  doors.Expect("SetConnected", [&](Env&) {
    world.SetConnected(a, b, false);
    world.SetConnected(a, b, true);
  });
  doors.Expect("BeginPartition",
               [&](Env&) { world.BeginPartition(doors.partition_); });
  doors.Expect("EndPartition",
               [&](Env&) { world.EndPartition(doors.partition_); });
  doors.Expect("SlowDown", [&](Env&) { world.SlowDown(a, Seconds(1)); });
  doors.Expect("Clog", [&](Env&) { world.Clog(b, a, Milliseconds(1)); });
  doors.Expect("ResetConnection", [&](Env&) { world.ResetConnection(b, a); });
  doors.Expect("Note", [&](Env&) { world.Note(kLongName); });
  doors.Expect("trace", [&](Env&) {
    world.trace().RecordContent({.kind = EventKind::kNote}, kLongName);
  });
  doors.Expect("decisions", [&](Env&) {
    DecisionStream stream = world.decisions().Open(kLongName, Purpose::kCrash);
    world.decisions().DecideFault(stream, {1, 1});
  });
  const NodeSet core({a});
  doors.Expect("EndFaults", [&](Env&) { world.EndFaults(core); });
}

TEST(DoorsTest, ANodesFunctionsLeaveNothingOnTheCallersAccount) {
  Doors doors;
  Node& node = doors.a_;
  doors.Expect("OnBoot", [&](Env&) {
    doors.world_.AddNode("new").OnBoot(
        [](Env& env) { env.tasks().WaitUntilStopped(); });
  });
  doors.Expect("disk", [&](Env&) { node.env().disk(); });
  doors.Expect("Pause", [&](Env&) { node.Pause(); });
  doors.Expect("Resume", [&](Env&) { node.Resume(); });
  doors.Expect("JumpClock", [&](Env&) { node.JumpClock(Seconds(1)); });
  doors.Expect("Crash", [&](Env&) { node.Crash(); });
  doors.Expect("Restart", [&](Env&) { node.Restart(); });
  doors.Expect("Stop", [&](Env&) { node.Stop(); });
  doors.Expect("RestartEmpty", [&](Env&) { node.RestartEmpty(); });
  doors.Expect("EndDiskFaults", [&](Env&) { node.EndDiskFaults(true); });
  doors.Expect("Spawn", [&](Env&) { node.Spawn(kLongName, [](Env&) {}); });
}

TEST(DoorsTest, AScriptsFunctionsLeaveNothingOnTheCallersAccount) {
  Doors doors;
  FaultScript& script = doors.world_.script();
  const NodeId a = doors.a_.id();
  const NodeId b = doors.b_.id();
  const Span& span = doors.span_;
  doors.Expect("Partition",
               [&](Env&) { script.Partition(span, doors.partition_); });
  doors.Expect("Cut", [&](Env&) { script.Cut(span, a, b); });
  doors.Expect("Clog", [&](Env&) { script.Clog(span, a, b); });
  doors.Expect("Crash", [&](Env&) { script.Crash(span, a); });
  doors.Expect("Pause", [&](Env&) { script.Pause(span, a); });
  doors.Expect("Slow", [&](Env&) { script.Slow(span, a, Seconds(1)); });
  doors.Expect("JumpClock",
               [&](Env&) { script.JumpClock(span.begin, a, Seconds(1)); });
  doors.Expect("Reset", [&](Env&) { script.Reset(span.begin, a, b); });
  doors.Expect("Do", [&](Env&) { script.Do(span.begin, [] {}); });
}

// What a task's body has captured is the code's own, and small here.
TEST(DoorsTest, AnEnvsFunctionsLeaveNothingOnTheCallersAccount) {
  Doors doors;
  doors.Expect("Spawn", [](Env& env) { env.tasks().Spawn(kLongName, [] {}); });
  doors.Expect("Yield", [](Env& env) { env.tasks().Yield(); });
  doors.Expect("SleepFor", [](Env& env) { env.clock().SleepFor(Seconds(0)); });
  doors.Expect("WallTime", [](Env& env) { env.clock().WallTime(); });
  doors.Expect("Uniform", [](Env& env) { env.random().Uniform(0, 9); });
  doors.Expect("Serve", [](Env& env) {
    env.network().Serve(kLongName, [](NodeId, Bytes bytes) { return bytes; });
  });
  doors.Expect("Call", [&doors](Env& env) {
    env.network()
        .Call(doors.b_.id(), kLongName, "x", {.deadline = Milliseconds(1)})
        .IgnoreError();
  });
  doors.Expect("StartCall", [&doors](Env& env) {
    CallFuture call = env.network().StartCall(doors.b_.id(), kLongName, "x",
                                              {.deadline = Milliseconds(1)});
    call.Get().IgnoreError();
  });
  doors.Expect("Send", [&doors](Env& env) {
    env.network().Send(doors.b_.id(), kLongName, "x");
  });
  doors.Expect("Resolve", [](Env& env) {
    env.network().Resolve("a").IgnoreError();
    env.network().Resolve(kLongName).IgnoreError();
  });
  doors.Expect("FaultSite", [](Env&) { FaultSite(kLongName); });
}

TEST(WorldMemoryTest, ReportsWhatAStopLeavesToo) {
  World world({.seed = Seed(1)});
  Node& leaky = world.AddNode("leaky");
  std::unique_ptr<File> leaked;
  leaky.OnBoot([&](Env& env) {
    leaked = *env.disk().Open("log", OpenMode::kCreate);
    env.tasks().WaitUntilStopped();
  });
  world.RunUntilIdle();
  leaky.Stop();
  ASSERT_EQ(world.leaks().size(), 1u);
  EXPECT_EQ(world.leaks()[0].blocks, 1);
}

TEST(WorldMemoryTest,
     ChargesTheContentOfFilesToNobodyAndWhatIsReadToTheReader) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    const auto file = *env.disk().Open("log", OpenMode::kCreate);
    {
      const std::string content(kLarge, 'x');
      EXPECT_TRUE(file->Append(content).ok());
    }
    EXPECT_TRUE(file->Sync().ok());
    const std::string content = *file->Read(0, kLarge / 2);
    env.tasks().WaitUntilStopped();
  });
  world.RunUntilIdle();
  EXPECT_GE(server.memory().held_bytes(), kLarge / 2);
  EXPECT_LE(server.memory().held_bytes(), kLarge / 2 + 200);
  EXPECT_LE(server.memory().peak_bytes(), kLarge + 200);
  server.Crash();
  EXPECT_EQ(server.memory().held_bytes(), 0);
  EXPECT_TRUE(world.leaks().empty());
}

}  // namespace
}  // namespace reprise
