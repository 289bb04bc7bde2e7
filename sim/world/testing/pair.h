// Pair: the smallest world with a network, for tests of faults. A server that
// answers and a client that calls it every 10 ms; what came of it is counted.
//
//   Pair pair(faults, /*seed=*/7);
//   pair.world.RunUntilIdle();
//   EXPECT_GT(pair.failed, 0);

#ifndef REPRISE_SIM_WORLD_TESTING_PAIR_H_
#define REPRISE_SIM_WORLD_TESTING_PAIR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// Counts the events of each kind and keeps the texts of partitions.
class EventCounter final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    ++counts_[static_cast<size_t>(event.kind)];
    if (event.kind == EventKind::kPartitioned) {
      partitions.emplace_back(content);
    }
  }
  int Count(EventKind kind) const { return counts_[static_cast<size_t>(kind)]; }

  std::vector<std::string> partitions;

 private:
  int counts_[256] = {};
};

// A server that answers and a client that calls it until `end`.
class Pair {
 public:
  // Records its decisions, and follows `schedule` if there is one.
  explicit Pair(const FaultMix& faults, uint64_t seed = 1,
                VirtualTime end = VirtualTime::Seconds(10),
                const Schedule* schedule = nullptr)
      : world({.seed = Seed(seed), .faults = faults}),
        server(Begin(schedule).AddNode("server")),
        client(world.AddNode("client")) {
    world.trace().SetSink(&events);
    server.OnBoot([](Env& env) {
      env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
      env.tasks().WaitUntilStopped();
    });
    client.Spawn([this, end](Env& env) {
      while (env.clock().Now() < end) {
        const CallOptions options{.deadline = Milliseconds(100)};
        const auto reply =
            env.network().Call(server.id(), "echo", "ping", options);
        ++(reply.ok() ? answered : failed);
        if (reply.ok() && *reply != "ping") ++garbled;
        env.clock().SleepFor(Milliseconds(10));
      }
    });
  }

  EventCounter events;
  World world;
  Node& server;
  Node& client;
  int answered = 0;
  int failed = 0;
  int garbled = 0;

 private:
  World& Begin(const Schedule* schedule) {
    if (schedule != nullptr)
      world.Follow({.base = Base::kCalm, .schedule = *schedule});
    world.decisions().Record();
    return world;
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TESTING_PAIR_H_
