// What the preset `lab` does to packets and calls, over many seeds, against the
// lab's figures. What is counted may be off by five standard deviations.

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// The travelling times of packets, in nanoseconds, and how many were lost.
class PacketSink final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    switch (event.kind) {
      case EventKind::kRequestSent:
        request_delays.push_back(static_cast<int64_t>(event.value));
        break;
      case EventKind::kReplySent:
        reply_delays.push_back(static_cast<int64_t>(event.value));
        break;
      case EventKind::kRequestLost:
        ++requests_lost;
        break;
      case EventKind::kReplyLost:
        ++replies_lost;
        break;
      default:
        break;
    }
  }

  std::vector<int64_t> request_delays;
  std::vector<int64_t> reply_delays;
  int64_t requests_lost = 0;
  int64_t replies_lost = 0;
};

void Echo(Env& env) {
  env.network().Serve("echo", [](NodeId, Bytes request) { return request; });
  env.tasks().WaitUntilStopped();
}

constexpr int64_t kSeeds = 100;
constexpr int64_t kCallsOfSeed = 200;

class LabNetworkTest : public testing::Test {
 protected:
  // Calls to a server that echoes, one after the other. `is_connected`: the
  // client's end is enabled. Returns how long each took.
  std::vector<Duration> Call(const FaultMix& faults, bool is_connected) {
    std::vector<Duration> taken;
    for (int64_t seed = 0; seed < kSeeds; ++seed) {
      World world({.seed = Seed(seed), .faults = faults});
      world.trace().SetSink(&sink_);
      Node& server = world.AddNode("server");
      server.OnBoot(Echo);
      Node& client = world.AddNode("client");
      world.SetConnected(client.id(), server.id(), is_connected);
      client.Spawn([&](Env& env) {
        for (int64_t i = 0; i < kCallsOfSeed; ++i) {
          const VirtualTime begin = env.clock().Now();
          const auto reply = env.network().Call(server.id(), "echo", "x");
          taken.push_back(env.clock().Now() - begin);
          EXPECT_TRUE(is_connected || absl::IsUnavailable(reply.status()));
        }
      });
      world.RunUntilIdle();
    }
    return taken;
  }

  PacketSink sink_;
};

// Each of `bins` equal parts of first..last holds as many as the others.
void ExpectUniform(const std::vector<int64_t>& values, int64_t first,
                   int64_t last, int64_t bins) {
  std::vector<int64_t> counts(bins);
  for (const int64_t value : values) {
    ASSERT_GE(value, first);
    ASSERT_LE(value, last);
    ++counts[(value - first) * bins / (last - first + 1)];
  }
  const auto count = static_cast<int64_t>(values.size());
  for (const int64_t seen : counts) {
    EXPECT_TRUE(IsAsFrequent(seen, count, {1, static_cast<uint32_t>(bins)}));
  }
}

std::vector<int64_t> InMilliseconds(const std::vector<Duration>& durations) {
  std::vector<int64_t> values;
  for (const Duration duration : durations) {
    EXPECT_EQ(duration.nanoseconds() % 1'000'000, 0);
    values.push_back(duration.nanoseconds() / 1'000'000);
  }
  return values;
}

TEST_F(LabNetworkTest, ReliableTransitIsUniformFrom25To75Microseconds) {
  Call(fault::Lab{.reliable = true}, true);
  ASSERT_EQ(sink_.request_delays.size(), kSeeds * kCallsOfSeed);
  ExpectUniform(sink_.request_delays, 25'000, 75'000, 10);
  ExpectUniform(sink_.reply_delays, 25'000, 75'000, 10);
  EXPECT_EQ(sink_.requests_lost + sink_.replies_lost, 0);
}

TEST_F(LabNetworkTest, UnreliableRequestsWaitUpTo26Milliseconds) {
  Call(fault::Lab{.reliable = false}, true);
  std::vector<int64_t> steps;
  for (const int64_t delay : sink_.request_delays) {
    const int64_t step = delay / 1'000'000;
    EXPECT_GE(delay - step * 1'000'000, 25'000);
    EXPECT_LE(delay - step * 1'000'000, 75'000);
    steps.push_back(step);
  }
  ExpectUniform(steps, 0, 26, 27);
}

TEST_F(LabNetworkTest, ATenthOfRequestsAndOfRepliesIsLost) {
  Call(fault::Lab{.reliable = false}, true);
  const int64_t calls = kSeeds * kCallsOfSeed;
  EXPECT_TRUE(IsAsFrequent(sink_.requests_lost, calls, {1, 10}));
  EXPECT_TRUE(
      IsAsFrequent(sink_.replies_lost, calls - sink_.requests_lost, {1, 10}));
}

TEST_F(LabNetworkTest, ADisabledEndFailsAfterUpTo99Milliseconds) {
  const std::vector<Duration> taken = Call(fault::Lab{.reliable = true}, false);
  EXPECT_TRUE(sink_.request_delays.empty());
  ExpectUniform(InMilliseconds(taken), 0, 99, 100);
}

TEST_F(LabNetworkTest, LongDelaysOfADisabledEndAreUpTo6999Milliseconds) {
  const std::vector<Duration> taken =
      Call(fault::Lab{.reliable = true, .long_delays = true}, false);
  ExpectUniform(InMilliseconds(taken), 0, 6999, 70);
}

// 2/3 of the replies wait 200 + U{0..U{0..1999}} ms.
TEST_F(LabNetworkTest, LongReorderingDelaysTwoThirdsOfTheReplies) {
  Call(fault::Lab{.reliable = true, .long_reordering = true}, true);
  const auto replies = static_cast<int64_t>(sink_.reply_delays.size());
  ASSERT_EQ(replies, kSeeds * kCallsOfSeed);
  int64_t late = 0;
  int64_t below_half = 0;
  for (const int64_t delay : sink_.reply_delays) {
    if (delay < 200'000'000) {
      EXPECT_LE(delay, 75'000);
      continue;
    }
    EXPECT_LE(delay, 2'199'000'000);
    ++late;
    below_half += delay < 200'000'000 + 999'500'000 ? 1 : 0;
  }
  EXPECT_TRUE(IsAsFrequent(late, replies, {2, 3}));
  // U{0..U{0..X}} is at most X / 2 with probability (1 + ln 2) / 2.
  EXPECT_TRUE(IsAsFrequent(below_half, late, {846'574, 1'000'000}));
}

// The caller looks every 100 ms whether the server that works is still there.
TEST_F(LabNetworkTest, AServerReplacedWhileAHandlerRunsFailsTheCall) {
  for (int64_t seed = 0; seed < kSeeds; ++seed) {
    World world({.seed = Seed(seed), .faults = fault::Lab{.reliable = true}});
    Node& server = world.AddNode("server");
    int executed = 0;
    server.OnBoot([&](Env& env) {
      env.network().Serve("work", [&](NodeId, Bytes request) {
        env.clock().SleepFor(Seconds(20));
        ++executed;
        return request;
      });
      env.tasks().WaitUntilStopped();
    });
    absl::StatusOr<Bytes> reply;
    VirtualTime failed;
    world.AddNode("client").Spawn([&](Env& env) {
      reply = env.network().Call(server.id(), "work", "x");
      failed = env.clock().Now();
    });
    const VirtualTime replaced = VirtualTime::Milliseconds(1000 + 7 * seed);
    world.script().Crash({replaced, Milliseconds(1)}, server.id());
    world.RunUntilIdle();
    EXPECT_TRUE(absl::IsUnavailable(reply.status())) << reply.status();
    EXPECT_GE(failed, replaced);
    EXPECT_LE(failed, replaced + Milliseconds(100));
    // A multiple of 100 ms after the request's arrival.
    const int64_t since = failed.nanoseconds() % 100'000'000;
    EXPECT_GE(since, 25'000);
    EXPECT_LE(since, 75'000);
    EXPECT_EQ(executed, 0);
  }
}

}  // namespace
}  // namespace reprise
