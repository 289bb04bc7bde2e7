// DiskHost: a world of one node whose disk is under test.
//
//   DiskHost host({.sector_lost = {1, 2}}, Seed(7));
//   host.Run([](Disk& disk) { EXPECT_TRUE(OpenFile(disk, "log")->...); });
//   host.CrashAndRestart();

#ifndef REPRISE_SIM_WORLD_TESTING_DISK_HOST_H_
#define REPRISE_SIM_WORLD_TESTING_DISK_HOST_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {

class DiskHost : private TraceSink {
 public:
  // Records its decisions, and follows `schedule` if there is one.
  explicit DiskHost(const DiskOptions& disks = {}, Seed seed = Seed(1),
                    const Schedule* schedule = nullptr)
      : world({.seed = seed, .faults = {.disks = disks}}),
        node(Begin(schedule).AddNode("server")) {
    world.trace().SetSink(this);
    node.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
  }

  // Runs `program` on the node until it has ended.
  void Run(const std::function<void(Disk&)>& program) {
    bool has_ended = false;
    node.Spawn([&](Env& env) {
      program(env.disk());
      has_ended = true;
    });
    world.RunUntilIdle();
    EXPECT_TRUE(has_ended);
  }
  void CrashAndRestart() {
    node.Crash();
    node.Restart();
  }
  // How many events of this kind there were.
  int Count(EventKind kind) const { return counts_[static_cast<size_t>(kind)]; }

  World world;
  Node& node;

 private:
  World& Begin(const Schedule* schedule) {
    if (schedule != nullptr)
      world.Follow({.base = Base::kCalm, .schedule = *schedule});
    world.decisions().Record();
    return world;
  }
  void OnEvent(const TraceEvent& event, std::string_view) override {
    ++counts_[static_cast<size_t>(event.kind)];
  }

  int counts_[256] = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TESTING_DISK_HOST_H_
