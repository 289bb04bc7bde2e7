// What is charged to whom while messages travel.

#include <gtest/gtest.h>

#include <cstdint>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int64_t kLarge = 1 << 20;

TEST(NetworkMemoryTest, ChargesMessagesInFlightToTheNetwork) {
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

TEST(NetworkMemoryTest, ChargesAReplyToTheCaller) {
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

TEST(NetworkMemoryTest, ChargesAMessageToItsReceiver) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  // The receiver itself is the server's.
  int64_t receiver = 0;
  server.OnBoot([&](Env& env) {
    env.network().Receive("take", [&](NodeId, const Bytes&) {
      EXPECT_EQ(server.memory().held_bytes(), receiver + kLarge + 1);
    });
    receiver = server.memory().held_bytes();
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  client.Spawn([&](Env& env) {
    env.network().Send(server.id(), "take", Bytes(kLarge, 'x'));
    EXPECT_EQ(client.memory().held_bytes(), 0);
  });
  world.RunUntil(VirtualTime() + Microseconds(25));
  EXPECT_EQ(world.network_memory().held_bytes(), kLarge + 1);
  world.RunUntilIdle();
  EXPECT_EQ(world.counters().handled, 1u);
  EXPECT_EQ(world.network_memory().held_bytes(), 0);
  EXPECT_EQ(server.memory().held_bytes(), receiver);
}

TEST(NetworkMemoryTest, ChargesAResultToWhoTakesItFromTheFuture) {
  World world({.seed = Seed(1)});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("give",
                        [](NodeId, Bytes) { return Bytes(kLarge, 'x'); });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  client.Spawn([&](Env& env) {
    CallFuture call = env.network().StartCall(server.id(), "give", "");
    call.Wait();
    EXPECT_EQ(client.memory().held_bytes(), 0);
    const absl::StatusOr<Bytes> reply = call.Get();
    EXPECT_EQ(client.memory().held_bytes(), kLarge + 1);
    const CallFuture dropped = env.network().StartCall(server.id(), "give", "");
  });
  world.RunUntilIdle();
  EXPECT_EQ(client.memory().held_bytes(), 0);
  EXPECT_EQ(world.network_memory().held_bytes(), 0);
}

}  // namespace
}  // namespace reprise
