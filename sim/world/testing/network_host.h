// NetworkHost: a world of a server and a client whose network is under test.
// The server answers "echo" at once and "slow" after a second, and keeps what
// is sent to "note".
//
//   NetworkHost host({.loss_notice = LossNotice::kAtOnce});
//   host.Run([&](Env& env) { env.network().Send(host.server.id(), ...); });
//   EXPECT_EQ(host.Count(EventKind::kMessageDelivered), 1);

#ifndef REPRISE_SIM_WORLD_TESTING_NETWORK_HOST_H_
#define REPRISE_SIM_WORLD_TESTING_NETWORK_HOST_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// Counts the events of each kind and keeps the lines of the trace.
class NetworkEvents : private TraceSink {
 public:
  // How many events of this kind there were, and when the last one was.
  int Count(EventKind kind) const { return counts_[static_cast<size_t>(kind)]; }
  VirtualTime LastTime(EventKind kind) const {
    return times_[static_cast<size_t>(kind)];
  }

  std::vector<std::string> lines;

 protected:
  void Watch(World& world) { world.trace().SetSink(this); }

 private:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    ++counts_[static_cast<size_t>(event.kind)];
    times_[static_cast<size_t>(event.kind)] = event.time;
    text_.OnEvent(event, content);
  }

  int counts_[256] = {};
  VirtualTime times_[256] = {};
  TextTrace text_{TextOptions(),
                  [this](std::string_view line) { lines.emplace_back(line); }};
};

class NetworkHost : public NetworkEvents {
 public:
  // Records its decisions, and follows `schedule` if there is one.
  explicit NetworkHost(const NetworkOptions& network = {}, Seed seed = Seed(1),
                       const Schedule* schedule = nullptr)
      : world({.seed = seed, .faults = {.network = network}}),
        server(Begin(schedule).AddNode("server")),
        client(world.AddNode("client")) {
    server.OnBoot([this](Env& env) {
      env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
      env.network().Serve("slow", [&env](NodeId, Bytes bytes) {
        env.clock().SleepFor(Seconds(1));
        return bytes;
      });
      env.network().Receive("note", [this](NodeId, const Bytes& bytes) {
        notes.push_back(bytes);
      });
      env.tasks().WaitUntilStopped();
    });
  }

  // Runs `program` on the client until nothing is left to do.
  void Run(const std::function<void(Env&)>& program) {
    bool has_ended = false;
    client.Spawn([&](Env& env) {
      program(env);
      has_ended = true;
    });
    world.RunUntilIdle();
    EXPECT_TRUE(has_ended);
  }

  World world;
  Node& server;
  Node& client;
  std::vector<Bytes> notes;

 private:
  World& Begin(const Schedule* schedule) {
    if (schedule != nullptr)
      world.Follow({.base = Base::kCalm, .schedule = *schedule});
    world.decisions().Record();
    Watch(world);
    return world;
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TESTING_NETWORK_HOST_H_
