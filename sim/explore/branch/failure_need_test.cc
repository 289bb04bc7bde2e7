#include "reprise/sim/explore/branch/failure_need.h"

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// What an operation was like, which is one call.
struct Called {
  int64_t before = 0;  // Operations that came before it.
  bool is_answered = false;
  Duration span = {};
};

bool IsLostOrLate(const Called& called) {
  return !called.is_answered || called.span > Milliseconds(10);
}

// A client has ten operations; `is_bad` says which may not be.
Scenario Calls(std::function<bool(const Called&)> is_bad) {
  return {.name = "calls", .run = [is_bad = std::move(is_bad)](Trial& trial) {
            World& world = trial.NewWorld(fault::Lab{.reliable = false});
            Node& server = world.AddNode("server");
            Node& client = world.AddNode("client");
            server.OnBoot([](Env& env) {
              env.network().Serve("ask",
                                  [](NodeId, Bytes) { return Bytes("yes"); });
              env.tasks().WaitUntilStopped();
            });
            client.Spawn([&](Env& env) {
              Called called;
              for ([[maybe_unused]] const int64_t i : trial.Operations(0, 10)) {
                const VirtualTime begin = env.clock().Now();
                called.is_answered =
                    env.network().Call(server.id(), "ask", "").ok();
                called.span = env.clock().Now() - begin;
                trial.Expect(!is_bad(called), "bad", "it was bad");
                ++called.before;
              }
            });
            trial.Run();
          }};
}

FoundNeed NeedOf(const Scenario& scenario, const Schedule& schedule,
                 int jobs = 1) {
  const absl::StatusOr<TimedRun> run = RecordTimedRun(
      scenario, "",
      {.seed = Seed(1), .edits = {.base = Base::kCalm, .schedule = schedule}},
      {});
  EXPECT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run.value_or(TimedRun()).result().verdict.property, "bad");
  return FindNeed(scenario, "", run.value_or(TimedRun()), {.jobs = jobs});
}

const Decision kLost = {"server->client", "reply-loss", 0, 1, "ask 0.0 #0"};
const Decision kLate = {"client->server", "request-delay", 0, 20'000'000,
                        "ask 0.0 #0"};

TEST(FailureNeedTest, IsAFaultWhereNoneFailsWithout) {
  const Scenario scenario =
      Calls([](const Called& called) { return !called.is_answered; });
  const FoundNeed found = NeedOf(scenario, {kLost});
  EXPECT_EQ(found.need, FailureNeed::kFaults);
  EXPECT_EQ(found.trials, 2u);
}

TEST(FailureNeedTest, IsDelaysWhereAllFailByThem) {
  const Scenario scenario = Calls(IsLostOrLate);
  EXPECT_EQ(NeedOf(scenario, {kLost}).need, FailureNeed::kDelays);
  EXPECT_EQ(NeedOf(scenario, {kLate}).need, FailureNeed::kDelays);
}

// What is lost counts for five; the workload has as many without it.
TEST(FailureNeedTest, IsNothingWhereAllFailInCalm) {
  const Scenario scenario = Calls([](const Called& called) {
    return called.before > 4 || !called.is_answered;
  });
  const Schedule schedule = {kLost,
                             {"client 0", "operation-left-out", 1, 1},
                             {"client 0", "operation-left-out", 2, 1}};
  const FoundNeed found = NeedOf(scenario, schedule);
  EXPECT_EQ(found.need, FailureNeed::kNothing);
  EXPECT_EQ(found.trials, 9u);
}

TEST(FailureNeedTest, DoesNotDependOnTheNumberOfProcesses) {
  for (const Decision& decision : {kLost, kLate}) {
    const Scenario scenario = Calls(IsLostOrLate);
    const FoundNeed one = NeedOf(scenario, {decision}, 1);
    const FoundNeed two = NeedOf(scenario, {decision}, 2);
    EXPECT_EQ(one.need, two.need);
    EXPECT_EQ(one.trials, two.trials);
  }
}

}  // namespace
}  // namespace reprise
