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

}  // namespace
}  // namespace reprise
