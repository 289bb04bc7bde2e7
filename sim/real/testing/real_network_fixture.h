// RealNetworkTest: a fixture of nodes that talk over TCP on one event loop.
//
//   TEST_F(RealNetworkTest, ACallIsAnswered) {
//     RealHost& server = AddServer();
//     RealHost& client = AddClient(server);
//     RunOn(client, [&] { client.net().Call(kServer, "echo", ""); });
//   }

#ifndef REPRISE_SIM_REAL_TESTING_REAL_NETWORK_FIXTURE_H_
#define REPRISE_SIM_REAL_TESTING_REAL_NETWORK_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/limits.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_network.h"

namespace reprise {

// A network with the tasks that use it.
struct RealHost {
  RealHost(EventLoop& loop, RealNetworkOptions options)
      : loop(loop), tasks(options.name) {
    options.report = [this](std::string_view line) {
      reports.emplace_back(line);
    };
    absl::StatusOr<std::unique_ptr<RealNetwork>> opened =
        RealNetwork::Open(loop, tasks, std::move(options));
    EXPECT_TRUE(opened.ok()) << opened.status();
    network = *std::move(opened);
  }
  ~RealHost() { Stop(); }
  void Stop() {
    loop.scheduler().Kill(tasks);
    network->End();
  }
  void Spawn(std::function<void()> body) {
    loop.scheduler().Spawn(tasks, "test", std::move(body));
  }
  Network& net() { return *network; }
  RealMember AsMember() const {
    return {std::string(tasks.name()), *network->address()};
  }

  EventLoop& loop;
  TaskGroup tasks;
  std::unique_ptr<RealNetwork> network;
  std::vector<std::string> reports;
};

class RealNetworkTest : public testing::Test {
 protected:
  static constexpr NodeId kServer{0};

  ~RealNetworkTest() override {
    for (const auto& host : hosts_) host->Stop();
    loop_.scheduler().Shutdown();
  }

  RealHost& Add(RealNetworkOptions options) {
    hosts_.push_back(std::make_unique<RealHost>(loop_, std::move(options)));
    return *hosts_.back();
  }
  // Answers "echo" with what it is asked, and "sleep" never.
  RealHost& AddServer(const RealLimits& limits = {},
                      const Address& listen = {"127.0.0.1", 0}) {
    RealHost& server =
        Add({.name = "server", .listen = listen, .limits = limits});
    server.net().Serve("echo", [](NodeId, Bytes request) { return request; });
    server.net().Serve("sleep", [this](NodeId, Bytes) -> absl::StatusOr<Bytes> {
      ++sleeping_;
      loop_.scheduler().Park({.what = "nothing", .is_rest = true});
      return Bytes();
    });
    return server;
  }
  RealHost& AddClient(const RealHost& server, const RealLimits& limits = {}) {
    return Add(
        {.name = "client", .members = {server.AsMember()}, .limits = limits});
  }
  // Runs `body` as a task of `host` until it has ended.
  void RunOn(RealHost& host, std::function<void()> body) {
    host.Spawn([this, body = std::move(body)] {
      body();
      loop_.Stop();
    });
    EXPECT_TRUE(loop_.Run().ok());
  }
  void SleepFor(Duration duration) {
    loop_.scheduler().SleepUntil(loop_.Now() + duration);
  }
  // Lets others run until `condition` holds, for some seconds.
  bool WaitFor(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) SleepFor(Milliseconds(10));
    return condition();
  }

  EventLoop loop_;
  int sleeping_ = 0;
  std::vector<std::unique_ptr<RealHost>> hosts_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_REAL_NETWORK_FIXTURE_H_
