#include "reprise/sim/world/aim.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
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

// Counts events by kind and node, and keeps the texts of partitions.
class Watcher final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    ++counts_[{event.kind, event.node.value()}];
    if (event.kind == EventKind::kPartitioned) cuts.emplace_back(content);
  }
  int64_t Count(EventKind kind, uint32_t node) { return counts_[{kind, node}]; }
  int64_t Crashes(uint32_t node) {
    return Count(EventKind::kNodeStopped, node);
  }

  std::vector<std::string> cuts;

 private:
  std::map<std::pair<EventKind, uint32_t>, int64_t> counts_;
};

constexpr uint32_t kA = 0;
constexpr uint32_t kB = 1;

// Two servers, and a client for a hundred seconds. `boot` labels a server.
class Servers {
 public:
  using Boot = std::function<void(Env&)>;

  explicit Servers(const FaultMix& faults, Boot boot = LabelB)
      : world_({.seed = Seed(1), .faults = faults}) {
    world_.trace().SetSink(&watcher);
    for (const char* name : {"a", "b"}) {
      world_.AddNode(name).OnBoot([boot](Env& env) {
        boot(env);
        env.tasks().WaitUntilStopped();
      });
    }
    world_.AddNode("client").Spawn(
        [](Env& env) { env.clock().SleepFor(Seconds(100)); });
    world_.RunUntilIdle();
  }

  static void LabelB(Env& env) {
    if (env.name() == "b") env.Label("leader");
  }

  Watcher watcher;

 private:
  World world_;
};

constexpr OutageOptions kShort = {.start = {1, 1000},
                                  .minimum = Milliseconds(1)};

AimOptions AtLeader() { return {.label = "leader", .factor = 20}; }

FaultMix Crashes() {
  FaultMix faults;
  faults.nodes.crash = kShort;
  faults.aim = AtLeader();
  return faults;
}

TEST(AimTest, WhoHasTheLabelCrashesMoreOften) {
  Servers servers(Crashes());
  EXPECT_NEAR(servers.watcher.Crashes(kA), 10, 8);
  EXPECT_NEAR(servers.watcher.Crashes(kB), 200, 50);
}

TEST(AimTest, AndStandsStillAndIsSlowMoreOften) {
  FaultMix faults;
  faults.nodes.pause = kShort;
  faults.nodes.slow = kShort;
  faults.aim = AtLeader();
  Servers servers(faults);
  EXPECT_NEAR(servers.watcher.Count(EventKind::kNodePaused, kA), 10, 8);
  EXPECT_NEAR(servers.watcher.Count(EventKind::kNodePaused, kB), 200, 50);
  // Each begins and ends.
  EXPECT_NEAR(servers.watcher.Count(EventKind::kNodeSlowed, kA), 20, 16);
  EXPECT_NEAR(servers.watcher.Count(EventKind::kNodeSlowed, kB), 400, 100);
}

TEST(AimTest, PartitionsAreLikelierWhileThereIsOne) {
  FaultMix faults;
  faults.partitions.outage = kShort;
  EXPECT_NEAR(Servers(faults).watcher.cuts.size(), 10, 8);
  faults.aim = AtLeader();
  EXPECT_NEAR(Servers(faults).watcher.cuts.size(), 200, 50);
  EXPECT_NEAR(Servers(faults, [](Env&) {}).watcher.cuts.size(), 10, 8);
}

TEST(AimTest, WhoHasTheLabelNoMoreIsNot) {
  Servers servers(Crashes(), [](Env& env) {
    env.Label("leader");
    env.Unlabel("leader");
  });
  EXPECT_NEAR(servers.watcher.Crashes(kB), 10, 8);
}

TEST(AimTest, ANodeThatStartsHasNoLabel) {
  bool is_first = true;
  Servers servers(Crashes(), [&is_first](Env& env) {
    if (env.name() == "b" && std::exchange(is_first, false)) {
      env.Label("leader");
    }
  });
  EXPECT_NEAR(servers.watcher.Crashes(kB), 10, 8);
}

TEST(AimTest, OnlyForAWhileAfterItIsTaken) {
  FaultMix faults = Crashes();
  faults.aim.window = Milliseconds(500);
  Servers servers(faults);
  EXPECT_GT(servers.watcher.Crashes(kB), 2 * servers.watcher.Crashes(kA));
  EXPECT_LT(servers.watcher.Crashes(kB), 100);
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
  FaultMix faults = Crashes();
  faults.aim.label = "";
  Servers servers(faults);
  EXPECT_NEAR(servers.watcher.Crashes(kB), 10, 8);
}

}  // namespace
}  // namespace reprise
