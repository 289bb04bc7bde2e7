// What another seed answers from an instant on, and what goes on as it began.

#include <cstdint>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Ne;

// When pauses began and ended, in turn.
class Pauses final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    if (event.kind == EventKind::kNodePaused ||
        event.kind == EventKind::kNodeResumed) {
      times.push_back(event.time);
    }
  }
  std::vector<VirtualTime> times;
};

std::vector<VirtualTime> PausesOf(const std::vector<Reseed>& reseeds) {
  FaultMix faults;
  faults.nodes.pause = {
      .start = {1, 4}, .minimum = Milliseconds(5), .mean = Seconds(1)};
  World world({.seed = Seed(1), .faults = faults});
  world.Follow({.reseeds = reseeds});
  Pauses pauses;
  world.trace().SetSink(&pauses);
  world.AddNode("server").OnBoot(
      [](Env& env) { env.clock().SleepFor(Seconds(60)); });
  world.RunUntilIdle();
  world.trace().SetSink(nullptr);
  return pauses.times;
}

TEST(ReseedTest, WhatHasBegunGoesOnAsItBegan) {
  const std::vector<VirtualTime> usual = PausesOf({});
  ASSERT_GT(usual.size(), 4u);
  const std::vector<VirtualTime> other =
      PausesOf({{usual[0] + Nanoseconds(1), Seed(2)}});
  ASSERT_GT(other.size(), 4u);
  EXPECT_EQ(other[0], usual[0]);
  EXPECT_EQ(other[1], usual[1]);
  EXPECT_THAT(other, Ne(usual));
}

std::vector<uint64_t> DrawsWith(const Edits& edits) {
  World world({.seed = Seed(1)});
  world.Follow(edits);
  std::vector<uint64_t> draws;
  world.AddNode("server").OnBoot([&](Env& env) {
    for (int i = 0; i < 4; ++i) {
      draws.push_back(env.random().Next());
      env.clock().SleepFor(Seconds(1));
    }
  });
  world.RunUntilIdle();
  return draws;
}

TEST(ReseedTest, NodesDrawFromItWhateverTheBase) {
  const std::vector<uint64_t> usual = DrawsWith({});
  const std::vector<Reseed> reseeds = {{VirtualTime::Seconds(1), Seed(2)}};
  const std::vector<uint64_t> other = DrawsWith({.reseeds = reseeds});
  // Seconds 0 and 1 are not later than it.
  EXPECT_EQ(other[0], usual[0]);
  EXPECT_EQ(other[1], usual[1]);
  EXPECT_NE(other[2], usual[2]);
  EXPECT_NE(other[3], usual[3]);
  EXPECT_EQ(DrawsWith({.base = Base::kCalm, .reseeds = reseeds}), other);
}

// The wall time of a node at the start. Its error is drawn when it joins.
VirtualTime WallTimeWith(const Edits& edits) {
  FaultMix faults;
  faults.clocks.skew_max = Seconds(1);
  World world({.seed = Seed(1), .faults = faults});
  world.Follow(edits);
  VirtualTime wall_time;
  world.AddNode("server").OnBoot(
      [&](Env& env) { wall_time = env.clock().WallTime(); });
  world.RunUntilIdle();
  return wall_time;
}

TEST(ReseedTest, BeforeTheStartItAnswersAllThatIsAsked) {
  const auto wall_time_of = [](int64_t nanoseconds) {
    return WallTimeWith(
        {.base = Base::kCalm,
         .reseeds = {{VirtualTime::Nanoseconds(nanoseconds), Seed(2)}}});
  };
  EXPECT_EQ(wall_time_of(0), WallTimeWith({.base = Base::kCalm}));
  EXPECT_NE(wall_time_of(-1), WallTimeWith({.base = Base::kCalm}));
}

// How long requests travel that a node sends, a second after each other.
std::vector<Duration> DelaysWith(const Edits& edits) {
  FaultMix faults;
  faults.network.request.delay = {.calm = Milliseconds(5),
                                  .minimum = Milliseconds(1),
                                  .maximum = Milliseconds(20),
                                  .late = {1, 4},
                                  .late_minimum = Milliseconds(100),
                                  .late_maximum = Milliseconds(900)};
  World world({.seed = Seed(1), .faults = faults});
  world.Follow(edits);
  std::vector<Duration> delays;
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) {
    env.network().Serve("ask", [&](NodeId, Bytes) {
      const int64_t whole_seconds =
          env.clock().Now().nanoseconds() / Seconds(1).nanoseconds();
      delays.push_back(env.clock().Now() - VirtualTime::Seconds(whole_seconds));
      return Bytes();
    });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([&](Env& env) {
    for (int64_t i = 0; i < 40; ++i) {
      env.clock().SleepUntil(VirtualTime::Seconds(i));
      (void)env.network().Call(server.id(), "ask", "");
    }
  });
  world.RunUntilIdle();
  return delays;
}

TEST(ReseedTest, MayDrawFaultsAloneAndLeaveDelaysCalm) {
  const Reseed reseed = {VirtualTime::Seconds(2), Seed(2),
                         /*has_calm_delays=*/true};
  const std::vector<Duration> delays = DelaysWith({.reseeds = {reseed}});
  const std::vector<Duration> usual = DelaysWith({});
  ASSERT_EQ(delays.size(), 40u);
  // The requests of seconds 0 to 2 are sent before.
  EXPECT_EQ(delays[1], usual[1]);
  size_t late = 0;
  for (size_t i = 3; i < delays.size(); ++i) {
    late += delays[i] >= Milliseconds(100) ? 1 : 0;
    if (delays[i] < Milliseconds(100)) {
      EXPECT_EQ(delays[i], Milliseconds(5));
    }
  }
  EXPECT_GT(late, 2u);
  EXPECT_LT(late, 20u);
}

}  // namespace
}  // namespace reprise
