#include "reprise/sim/world/aim.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// Counts crashes by node, and keeps the texts of partitions.
class Watcher final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    if (event.kind == EventKind::kNodeStopped) ++crashes[event.node.value()];
    if (event.kind == EventKind::kPartitioned) cuts.emplace_back(content);
  }
  int64_t crashes[3] = {};
  std::vector<std::string> cuts;
};

// Two servers and a client. The second server has the label, from when it
// starts, or for a moment only.
class Servers {
 public:
  explicit Servers(const FaultMix& faults, bool is_leader_for_long = true)
      : world_({.seed = Seed(1), .faults = faults}) {
    world_.trace().SetSink(&watcher);
    for (const char* name : {"a", "b"}) {
      world_.AddNode(name).OnBoot([is_leader_for_long](Env& env) {
        if (env.name() == "b") env.Label("leader");
        if (!is_leader_for_long) env.Unlabel("leader");
        env.tasks().WaitUntilStopped();
      });
    }
    world_.AddNode("client").Spawn(
        [](Env& env) { env.clock().SleepFor(Seconds(100)); });
    world_.RunUntilIdle();
  }

  Watcher watcher;

 private:
  World world_;
};

FaultMix Mix() {
  FaultMix faults;
  faults.nodes.crash = {.start = {1, 1000}, .minimum = Milliseconds(1)};
  faults.aim = {.label = "leader", .factor = 20};
  return faults;
}

TEST(AimTest, WhoHasTheLabelIsStruckMoreOften) {
  const Servers servers(Mix());
  EXPECT_NEAR(servers.watcher.crashes[0], 10, 10);
  EXPECT_NEAR(servers.watcher.crashes[1], 200, 50);
}

TEST(AimTest, WhoHasItNoMoreIsNot) {
  const Servers servers(Mix(), /*is_leader_for_long=*/false);
  EXPECT_NEAR(servers.watcher.crashes[1], 10, 10);
}

TEST(AimTest, OnlyForAWhileAfterItIsTaken) {
  FaultMix faults = Mix();
  faults.aim.window = Milliseconds(50);
  const Servers servers(faults);
  EXPECT_LT(servers.watcher.crashes[1], 50);
}

TEST(AimTest, PartitionsCutItOffFromServersAlone) {
  FaultMix faults;
  faults.partitions.outage = {.start = {1, 100}, .minimum = Milliseconds(1)};
  faults.partitions.parts_clients = true;
  faults.aim = {.label = "leader", .cut_off = {1, 1}};
  const Servers servers(faults);
  ASSERT_GT(servers.watcher.cuts.size(), 10u);
  for (const std::string& cut : servers.watcher.cuts) {
    EXPECT_EQ(cut, "a->b, b->a");
  }
}

TEST(AimTest, OneWayInEitherDirection) {
  FaultMix faults;
  faults.partitions.outage = {.start = {1, 20}, .minimum = Milliseconds(1)};
  faults.partitions.one_way = {1, 1};
  faults.aim = {.label = "leader", .cut_off = {1, 1}};
  const Servers servers(faults);
  int64_t in = 0;
  int64_t out = 0;
  for (const std::string& cut : servers.watcher.cuts) {
    in += cut == "a->b" ? 1 : 0;
    out += cut == "b->a" ? 1 : 0;
  }
  EXPECT_GT(in, 10);
  EXPECT_GT(out, 10);
  EXPECT_EQ(in + out, static_cast<int64_t>(servers.watcher.cuts.size()));
}

TEST(AimTest, WithoutALabelNothingIsATarget) {
  FaultMix faults = Mix();
  faults.aim.label = "";
  const Servers servers(faults);
  EXPECT_LT(servers.watcher.crashes[1], 30);
}

}  // namespace
}  // namespace reprise
