// Replies that come seconds late, when one end of the call has restarted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/testing/pair.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using ::testing::ElementsAre;

// A server that counts its lives, and a client that asks for the life and is
// patient. The first reply is 3 s late, as an edit says.
class LateReplyTest : public testing::Test {
 protected:
  LateReplyTest()
      : world_({.seed = Seed(1), .faults = Faults()}),
        server_(Begin().AddNode("server")),
        client_(world_.AddNode("client")) {
    world_.trace().SetSink(&events_);
    server_.OnBoot([this](Env& env) {
      const std::string life = std::to_string(++lives_);
      env.network().Serve("life", [life](NodeId, Bytes) { return life; });
      env.tasks().WaitUntilStopped();
    });
    client_.OnBoot([this](Env& env) {
      const CallOptions patient{.deadline = Seconds(10)};
      const auto reply = env.network().Call(server_.id(), "life", "", patient);
      seen_.push_back(reply.ok() ? *reply : "none");
      seen_at_.push_back(env.clock().Now());
    });
  }

  static FaultMix Faults() {
    FaultMix faults;
    faults.network.reply.delay.late = {1, 100};
    faults.network.reply.delay.late_minimum = Seconds(1);
    faults.network.reply.delay.late_maximum = Seconds(10);
    return faults;
  }
  World& Begin() {
    world_.Follow({.base = Base::kCalm,
                   .schedule = {{"server->client", "reply-delay", 0,
                                 3'000'000'000, "life 0 #0"}}});
    return world_;
  }
  // After it has answered, and long before the answer arrives.
  void Restart(Node& node) {
    world_.RunUntil(VirtualTime::Seconds(1));
    node.Crash();
    world_.RunUntil(VirtualTime::Seconds(2));
    node.Restart();
    world_.RunUntilIdle();
  }

  EventCounter events_;
  World world_;
  Node& server_;
  Node& client_;
  int lives_ = 0;
  std::vector<std::string> seen_;
  std::vector<VirtualTime> seen_at_;
};

TEST_F(LateReplyTest, IsSeenAfterTheCalleeHasRestarted) {
  Restart(server_);
  EXPECT_EQ(lives_, 2);
  EXPECT_EQ(world_.fault_counts()[Fault::kLate], 1u);
  // What the server said in its first life.
  EXPECT_THAT(seen_, ElementsAre("1"));
  EXPECT_THAT(seen_at_,
              ElementsAre(VirtualTime::Seconds(3) + Microseconds(50)));
  EXPECT_EQ(events_.Count(EventKind::kReplyIgnored), 0);
}

TEST_F(LateReplyTest, IsNotSeenAfterTheCallerHasRestarted) {
  Restart(client_);
  // The second life's own call is answered at once.
  EXPECT_THAT(seen_, ElementsAre("1"));
  EXPECT_THAT(seen_at_,
              ElementsAre(VirtualTime::Seconds(2) + Microseconds(100)));
  EXPECT_EQ(events_.Count(EventKind::kReplyIgnored), 1);
}

}  // namespace
}  // namespace reprise
