// What is charged to whom in a world.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int64_t kLarge = 1 << 20;

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

TEST(WorldMemoryTest, ChargesMessagesInFlightToTheNetwork) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("take", [](NodeId, Bytes) { return Bytes(); });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  client.Spawn([&](Env& env) {
    const absl::StatusOr<Bytes> reply =
        env.network().Call(server.id(), "take", Bytes(kLarge, 'x'));
    EXPECT_TRUE(reply.ok());
  });
  world.RunUntil(VirtualTime() + Microseconds(25));
  EXPECT_EQ(world.network_memory().held_bytes(), kLarge + 1);
  EXPECT_EQ(client.memory().held_bytes(), 0);
  world.RunUntilIdle();
  EXPECT_EQ(world.network_memory().held_bytes(), 0);
  EXPECT_EQ(server.memory().held_bytes(), 0);
}

TEST(WorldMemoryTest, ChargesAReplyToTheCaller) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("give",
                        [](NodeId, Bytes) { return Bytes(kLarge, 'x'); });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  client.Spawn([&](Env& env) {
    const absl::StatusOr<Bytes> reply =
        env.network().Call(server.id(), "give", "");
    EXPECT_EQ(client.memory().held_bytes(), kLarge + 1);
  });
  world.RunUntilIdle();
  EXPECT_EQ(client.memory().held_bytes(), 0);
  EXPECT_EQ(server.memory().held_bytes(), 0);
  EXPECT_GE(server.memory().peak_bytes(), kLarge);
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
  // Keeps what it sees.
  class Keeper : public TraceSink {
   public:
    void OnEvent(const TraceEvent&, std::string_view content) override {
      contents_.emplace_back(content);
    }

   private:
    std::vector<std::string> contents_;
  };
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
