#include "reprise/sim/world/point_crashes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// Counts events, and keeps the instants of some.
class Watcher final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view) override {
    ++counts[event.kind];
    if (event.kind == EventKind::kNodeStopped) crashes.push_back(event.time);
    if (event.kind == EventKind::kFileWritten) writes.push_back(event.time);
    if (event.kind == EventKind::kMessageSent) messages.push_back(event.time);
  }
  std::map<EventKind, int64_t> counts;
  std::vector<VirtualTime> crashes;
  std::vector<VirtualTime> writes;
  std::vector<VirtualTime> messages;
};

// A node that writes to its disk every 10 ms, and tells another one.
class Writer {
 public:
  Writer(
      const FaultMix& faults, uint64_t seed,
      const std::function<void(World&)>& prepare = [](World&) {})
      : world_({.seed = Seed(seed), .faults = faults}) {
    world_.trace().SetSink(&watcher);
    world_.decisions().Record();
    Node& listener = world_.AddNode("listener");
    listener.Spawn([](Env& env) {
      env.network().Serve("note", [](NodeId, Bytes) { return Bytes(); });
    });
    world_.AddNode("writer").OnBoot([id = listener.id()](Env& env) {
      const auto file = env.disk().Open("file", OpenMode::kCreate);
      while (file.ok() && env.clock().Now() < VirtualTime::Seconds(10)) {
        if (!(*file)->Append("x").ok()) return;
        env.network().Send(id, "note", "x");
        env.clock().SleepFor(Milliseconds(10));
      }
    });
    prepare(world_);
    world_.RunUntilIdle();
  }

  FaultCounts counts() const { return world_.fault_counts(); }
  Schedule recorded() { return world_.decisions().recorded(); }

  Watcher watcher;

 private:
  World world_;
};

// Each crash is over at the next tick.
FaultMix Mix() {
  FaultMix faults;
  faults.nodes.crash.minimum = Milliseconds(1);
  return faults;
}

constexpr Probability kSome = {1, 20};

TEST(PointCrashesTest, AreOffByDefault) {
  const Writer writer(Mix(), 1);
  EXPECT_EQ(writer.counts()[Fault::kCrash], 0);
}

TEST(PointCrashesTest, DuringAnOperationItIsHalfDone) {
  FaultMix faults = Mix();
  faults.nodes.crash_during_disk = kSome;
  const Writer writer(faults, 1);
  int64_t in_writes = 0;
  for (const VirtualTime crash : writer.watcher.crashes) {
    for (const VirtualTime write : writer.watcher.writes) {
      const Duration since = crash - write;
      const bool is_in_write =
          crash >= write && since < faults.disks.write.calm;
      if (!is_in_write) continue;
      ++in_writes;
      EXPECT_EQ(since, faults.disks.write.calm / 2);
    }
  }
  EXPECT_GT(in_writes, 10);
}

TEST(PointCrashesTest, AfterAnOperationItsTaskDoesNotGoOn) {
  FaultMix faults = Mix();
  faults.nodes.crash_after_disk = {1, 4};
  const Writer writer(faults, 1);
  int64_t after_writes = 0;
  for (const VirtualTime crash : writer.watcher.crashes) {
    for (const VirtualTime write : writer.watcher.writes) {
      after_writes += crash == write + faults.disks.write.calm ? 1 : 0;
    }
    for (const VirtualTime message : writer.watcher.messages) {
      EXPECT_NE(message, crash);
    }
  }
  EXPECT_GT(after_writes, 10);
  EXPECT_GT(writer.watcher.messages.size(), 10u);
}

TEST(PointCrashesTest, WhatWasSentBeforeTheCrashArrives) {
  FaultMix faults = Mix();
  faults.nodes.crash_after_send = {1, 1};
  Writer writer(faults, 1);
  const auto& counts = writer.watcher.counts;
  EXPECT_GT(counts.at(EventKind::kMessageSent), 10);
  EXPECT_EQ(counts.at(EventKind::kMessageSent),
            counts.at(EventKind::kNodeStopped));
}

// Its end is the script's.
TEST(PointCrashesTest, WhomTheScriptCrashesIsLeftAlone) {
  FaultMix faults = Mix();
  faults.nodes.crash_after_send = {1, 1};
  const Writer writer(faults, 1, [](World& world) {
    Node& node = world.node(NodeId(1));
    world.script().Crash({VirtualTime::Seconds(2), Seconds(3)}, node.id());
    world.script().Do(VirtualTime::Seconds(3), [&node] { node.Restart(); });
  });
  int64_t before = 0;
  int64_t after = 0;
  for (const VirtualTime crash : writer.watcher.crashes) {
    before += crash < VirtualTime::Seconds(2) ? 1 : 0;
    after += crash > VirtualTime::Seconds(5) ? 1 : 0;
    EXPECT_FALSE(crash > VirtualTime::Seconds(2) &&
                 crash < VirtualTime::Seconds(5));
  }
  EXPECT_GT(before, 10);
  EXPECT_GT(after, 10);
}

TEST(PointCrashesTest, EachIsADecisionThatLastsAsLongAsItSays) {
  FaultMix faults = Mix();
  faults.nodes.crash_after_send = kSome;
  Writer writer(faults, 1);
  uint64_t recorded = 0;
  for (const Decision& decision : writer.recorded()) {
    if (decision.purpose != "crash-after-send") continue;
    ++recorded;
    EXPECT_EQ(decision.entity, "writer");
    EXPECT_GE(decision.value, 1'000'000u);
  }
  EXPECT_EQ(recorded, writer.counts()[Fault::kCrash]);
}

}  // namespace
}  // namespace reprise
