// Small systems that are wrong in a way that one fault of links alone shows:
// many seeds find it where the fault is on, and none where it is off.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr VirtualTime kEnd = VirtualTime::Seconds(2);

// Builds a system in a world, whose tasks say in `is_wrong` that it failed.
using System = void (*)(World& world, bool& is_wrong);

// In how many of a hundred seeds it fails.
int CountFound(System system, const FaultMix& faults) {
  int found = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    World world({.seed = Seed(seed), .faults = faults});
    bool is_wrong = false;
    system(world, is_wrong);
    world.RunUntilIdle();
    found += is_wrong ? 1 : 0;
  }
  return found;
}

void ExpectFoundOnlyWith(const FaultMix& faults, System system) {
  EXPECT_EQ(CountFound(system, {}), 0);
  EXPECT_GT(CountFound(system, faults), 20);
}

// A register that keeps what comes last, whatever its version.
void KeepLast(World& world, bool& is_wrong) {
  Node& holder = world.AddNode("holder");
  holder.OnBoot([&is_wrong](Env& env) {
    int64_t version = 0;
    env.network().Receive("set", [&](NodeId, const Bytes& bytes) {
      const int64_t next = std::stoll(bytes);
      if (next < version) is_wrong = true;
      version = next;
    });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("writer").Spawn([&holder](Env& env) {
    for (int version = 1; env.clock().Now() < kEnd; ++version) {
      env.network().Send(holder.id(), "set", std::to_string(version));
      env.clock().SleepFor(Milliseconds(10));
    }
  });
}

TEST(LinkBugsTest, ARegisterThatKeepsWhatComesLastNeedsReordering) {
  FaultMix faults;
  faults.network.request.reorder = {1, 100};
  faults.network.request.reorder_window = 2;
  ExpectFoundOnlyWith(faults, KeepLast);
}

// A client that tries four times, always as long after the last time, and then
// takes the server for dead.
void TryInStep(World& world, bool& is_wrong) {
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("ask", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([&](Env& env) {
    int failed = 0;
    while (env.clock().Now() < kEnd) {
      const CallOptions options{.deadline = Milliseconds(10)};
      const auto reply = env.network().Call(server.id(), "ask", "", options);
      failed = reply.ok() ? 0 : failed + 1;
      if (failed == 4) is_wrong = true;
      env.clock().SleepFor(reply.ok() ? Milliseconds(7) : Milliseconds(30));
    }
  });
}

TEST(LinkBugsTest, AClientThatTriesInStepNeedsAFlap) {
  FaultMix faults;
  faults.network.flap = {.start = {1, 50},
                         .minimum = Milliseconds(200),
                         .rest = Milliseconds(100)};
  ExpectFoundOnlyWith(faults, TryInStep);
}

// Two nodes of which the second leads when it hears the first one no more. The
// first one leads as long as it hears the second: it must be heard, then.
void LeadWhileHearing(World& world, bool& is_wrong) {
  struct Shared {
    VirtualTime heard[2];
  };
  auto shared = std::make_shared<Shared>();
  Node& first = world.AddNode("first");
  Node& second = world.AddNode("second");
  for (int i = 0; i < 2; ++i) {
    const NodeId other = i == 0 ? second.id() : first.id();
    (i == 0 ? first : second).Spawn([=, &is_wrong](Env& env) {
      env.network().Receive("beat", [&, i, shared](NodeId, const Bytes&) {
        shared->heard[i] = env.clock().Now();
      });
      while (env.clock().Now() < kEnd) {
        env.network().Send(other, "beat", "");
        env.clock().SleepFor(Milliseconds(20));
        const VirtualTime now = env.clock().Now();
        const auto hears = [&](int who) {
          return now - shared->heard[who] < Milliseconds(300);
        };
        if (i == 1 && hears(0) && !hears(1)) is_wrong = true;
      }
    });
  }
}

TEST(LinkBugsTest, ALeaderThatOnlyListensNeedsABadLink) {
  FaultMix faults;
  faults.network.bad_link = {1, 2};
  faults.network.bad_link_loss = {9, 10};
  ExpectFoundOnlyWith(faults, LeadWhileHearing);
}

// A lock that anybody's "unlock" frees: one that comes late frees the next
// hold.
void FreeByAny(World& world, bool& is_wrong) {
  auto is_held = std::make_shared<bool>(false);
  Node& server = world.AddNode("server");
  server.OnBoot([is_held](Env& env) {
    env.network().Receive("lock",
                          [&](NodeId, const Bytes&) { *is_held = true; });
    env.network().Receive("unlock",
                          [&](NodeId, const Bytes&) { *is_held = false; });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([=, &server, &is_wrong](Env& env) {
    while (env.clock().Now() < kEnd) {
      env.network().Send(server.id(), "lock", "");
      env.clock().SleepFor(Milliseconds(20));
      if (!*is_held) is_wrong = true;
      env.network().Send(server.id(), "unlock", "");
      env.clock().SleepFor(Milliseconds(1));
    }
  });
}

TEST(LinkBugsTest, ALockThatAnybodyFreesNeedsASlowMethod) {
  FaultMix faults;
  faults.network.slow_method = {.start = {1, 50}, .minimum = Milliseconds(50)};
  faults.network.slow_method_delay = Milliseconds(5);
  ExpectFoundOnlyWith(faults, FreeByAny);
}

}  // namespace
}  // namespace reprise
