// Servers: the smallest world of several nodes with programs, for tests of
// faults that strike more than one at a time.
//
//   Servers servers(faults, {"east", "east", "west"}, /*seed=*/7);
//   servers.world.RunUntilIdle();
//   EXPECT_GT(servers.watcher.Of(EventKind::kNodeStopped).size(), 0u);

#ifndef REPRISE_SIM_WORLD_TESTING_SERVERS_H_
#define REPRISE_SIM_WORLD_TESTING_SERVERS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// Keeps what happens, each event with its content.
class EventKeeper final : public TraceSink {
 public:
  struct Kept {
    TraceEvent event;
    std::string content;
  };

  void OnEvent(const TraceEvent& event, std::string_view content) override {
    kept_.push_back({event, std::string(content)});
  }
  std::vector<Kept> Of(EventKind kind) const {
    std::vector<Kept> found;
    for (const Kept& kept : kept_) {
      if (kept.event.kind == kind) found.push_back(kept);
    }
    return found;
  }

 private:
  std::vector<Kept> kept_;
};

class Servers {
 public:
  static constexpr VirtualTime kEnd = VirtualTime::Seconds(10);

  // A server in each of `zones`, "server-0" ..., and a client that works until
  // kEnd. Records its decisions, and follows `edits` if there are any.
  Servers(const FaultMix& faults, const std::vector<std::string>& zones,
          uint64_t seed, const Edits* edits = nullptr)
      : world({.seed = Seed(seed), .faults = faults}) {
    if (edits != nullptr) world.Follow(*edits);
    world.decisions().Record();
    world.trace().SetSink(&watcher);
    for (size_t i = 0; i < zones.size(); ++i) {
      Node& node = world.AddNode(NodeName("server", static_cast<int>(i)),
                                 {.zone = zones[i]});
      nodes.push_back(&node);
      node.OnBoot([](Env& env) {
        while (env.clock().Now() < kEnd) env.clock().SleepFor(Milliseconds(1));
      });
    }
    world.AddNode("client").Spawn(
        [](Env& env) { env.clock().SleepUntil(kEnd); });
  }

  EventKeeper watcher;
  World world;
  std::vector<Node*> nodes;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TESTING_SERVERS_H_
