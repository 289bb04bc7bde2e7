// Which event is named as the turning point, and when it is the start.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/failure_need.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/branch/turning_point.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::HasSubstr;

FaultMix Lossy(Probability of_requests, Probability of_replies) {
  FaultMix mix = fault::Lab{.reliable = true};
  mix.network.request.loss = of_requests;
  mix.network.reply.loss = of_replies;
  return mix;
}

// An operation of the client, which has one call.
struct Asked {
  int64_t index = 0;
  int64_t before = 0;  // Operations that came before it.
  int64_t lost = 0;    // Those without an answer so far.
  bool is_answered = false;
};

// A client asks a server; `answer` is called at each request that arrives,
// `judge` when an operation has ended.
struct Asking {
  FaultMix mix = {};
  int64_t operations = 1;
  std::function<void(World&)> begin = [](World&) {};
  std::function<void(World&)> answer = [](World&) {};
  std::function<void(Trial&, const Asked&)> judge = {};
};

Scenario Ask(const Asking& asking) {
  return {.name = "ask", .run = [asking](Trial& trial) {
            World& world = trial.NewWorld(asking.mix);
            Node& server = world.AddNode("server");
            Node& client = world.AddNode("client");
            world.AddNode("bystander");
            server.OnBoot([&](Env& env) {
              env.network().Serve("ask", [&](NodeId, Bytes) {
                asking.answer(world);
                return Bytes("yes");
              });
              env.tasks().WaitUntilStopped();
            });
            asking.begin(world);
            client.Spawn([&](Env& env) {
              Asked asked;
              for (const int64_t i : trial.Operations(0, asking.operations)) {
                asked.index = i;
                world.Note("asks");
                asked.is_answered =
                    env.network().Call(server.id(), "ask", "").ok();
                if (!asked.is_answered) ++asked.lost;
                asking.judge(trial, asked);
                ++asked.before;
              }
            });
            trial.Run();
            trial.Expect(true, "ended", "");
          }};
}

Decision Lost(const std::string& what, int64_t operation) {
  return {what == "reply" ? "server->client" : "client->server",
          absl::StrCat(what, "-loss"), 0, 1,
          absl::StrCat("ask 0.", operation, " #0")};
}

Causes CausesOf(const Asking& asking, const Schedule& schedule,
                uint64_t trials = kUsualBranchTrials) {
  const absl::StatusOr<Causes> causes = FindCauses(
      Ask(asking), "",
      {.seed = Seed(1), .edits = {.base = Base::kCalm, .schedule = schedule}},
      {.trials = trials});
  EXPECT_TRUE(causes.ok()) << causes.status();
  return causes.value_or(Causes());
}

// Where operation 1 is left out, operation 2 begins, and its request is lost.
// If nothing were left out, nothing could fail.
TEST(TurningCauseTest, WhatIsLeftOutOfTheWorkloadIsNoCause) {
  const Asking asking{
      .mix = Lossy({1, 10}, {1, 10}),
      .operations = 3,
      .judge = [](Trial& trial, const Asked& asked) {
        trial.Expect(asked.index != 2 || asked.before != 1 || asked.is_answered,
                     "second", "the second one had no answer");
      }};
  const Causes causes = CausesOf(
      asking, {{"client 0", "operation-left-out", 1, 1}, Lost("request", 2)});
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("client sends"));
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("LOST"));
}

// One reply in ten arrives; the server has crashed the bystander by then. The
// whole workload begins with another operation, and holds.
TEST(TurningCauseTest, WithoutADecisionAFaultIsNamedBeforeAMessage) {
  const Asking asking{
      .mix = Lossy({}, {9, 10}),
      .operations = 2,
      .answer = [](World& world) { world.node(NodeId(2)).Crash(); },
      .judge =
          [](Trial& trial, const Asked& asked) {
            trial.Expect(
                asked.index != 1 || asked.before > 0 || !asked.is_answered,
                "silence", "it was answered");
          }};
  const Causes causes =
      CausesOf(asking, {{"client 0", "operation-left-out", 0, 1}});
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("stops CRASH"));
}

constexpr VirtualTime kCrash = VirtualTime::Milliseconds(10);

// The scenario crashes the bystander at 10 ms in every run; in this one the
// request takes so long that it is under way then.
Causes CausesOfMeetingACrash(uint64_t trials) {
  FaultMix mix = fault::Lab{.reliable = false};
  mix.network.request.loss = mix.network.reply.loss = {};
  const Asking asking{
      .mix = mix,
      .operations = 3,
      .begin =
          [](World& world) {
            world.script().Do(kCrash,
                              [&world] { world.node(NodeId(2)).Crash(); });
          },
      .judge =
          [](Trial& trial, const Asked& asked) {
            trial.Expect(asked.index != 0 || trial.world().now() < kCrash,
                         "early", "the first answer came late");
          }};
  const uint64_t late = 20'000'000;
  return CausesOf(asking,
                  {{"client->server", "request-delay", 0, late, "ask 0.0 #0"}},
                  trials);
}

TEST(TurningCauseTest, AFaultOfTheScenarioIsNamedForTheDelayThatMeetsIt) {
  const Causes causes = CausesOfMeetingACrash(kUsualBranchTrials);
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("stops CRASH"));
  EXPECT_EQ(causes.turning.instant, kCrash);
}

// The trials are used up before the instant of the fault has any.
TEST(TurningCauseTest,
     ADelayIsNamedWhereNoTrialsAreLeftForTheFaultThatItMeets) {
  const Causes causes = CausesOfMeetingACrash(250);
  const Turning& turning = causes.turning;
  EXPECT_EQ(turning.end, TurningEnd::kTrials);
  EXPECT_THAT(turning.curve.turning_text, HasSubstr("client sends ask"));
  EXPECT_GT(turning.after.trials, 0u);
  EXPECT_EQ(turning.after.event, turning.curve.turning_point);
  EXPECT_GT(ShareOf(turning.after).middle, ShareOf(turning.before).middle);
}

// Of nine operations one loses its reply most often, whatever the seeds answer;
// in this run, the fifth does, and without that it holds.
TEST(TurningCauseTest, WhatNeedsAFaultDoesNotTurnAtTheStart) {
  const Asking asking{.mix = Lossy({}, {1, 10}),
                      .operations = 9,
                      .judge = [](Trial& trial, const Asked& asked) {
                        trial.Expect(asked.is_answered, "answers",
                                     "it had no answer");
                      }};
  const Causes causes = CausesOf(asking, {Lost("reply", 4)});
  const CurvePoint& start = causes.turning.curve.points.front();
  EXPECT_GT(ShareOf(start).middle, 0.5);
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("LOST"));
  EXPECT_FALSE(causes.turning.builds_up);
}

// The first `count` of twelve operations are lost, and it takes that many.
Causes CausesOfLosses(int64_t count) {
  const auto judge = [count](Trial& trial, const Asked& asked) {
    trial.Expect(asked.lost < count, "losses", "too many were lost");
  };
  Schedule schedule;
  for (int64_t i = 0; i < count; ++i) schedule.push_back(Lost("request", i));
  return CausesOf({.mix = Lossy({1, 2}, {}), .operations = 12, .judge = judge},
                  schedule);
}

// Each of nine losses makes it a little likelier.
TEST(TurningCauseTest, WhatBuildsUpTurnsAtTheStart) {
  const Causes causes = CausesOfLosses(9);
  EXPECT_EQ(causes.necessary.places.size(), 9u);
  EXPECT_EQ(causes.turning.curve.turning_text, "the start");
  EXPECT_TRUE(causes.turning.builds_up);
  EXPECT_LT(ShareOf(causes.turning.after).middle, 0.3);
}

// And so does each of seven, if by less than the start fails already.
TEST(TurningCauseTest, WhatTheStartOftenFailsMayBuildUp) {
  const Causes causes = CausesOfLosses(7);
  EXPECT_EQ(causes.necessary.places.size(), 7u);
  EXPECT_EQ(causes.turning.curve.turning_text, "the start");
  EXPECT_TRUE(causes.turning.builds_up);
  EXPECT_GT(ShareOf(causes.turning.after).middle, 0.3);
}

// The first answer has to be late, and the three requests behind it must not be
// lost, so that four are answered when the scenario crashes the bystander.
TEST(TurningCauseTest, WhatBuildsUpToAFaultTurnsThere) {
  FaultMix mix = fault::Lab{.reliable = false};
  mix.network.request.loss = {4, 10};
  mix.network.reply.loss = {};
  auto is_late = std::make_shared<bool>(false);
  const Asking asking{
      .mix = mix,
      .operations = 5,
      .begin =
          [is_late](World& world) {
            *is_late = false;
            world.script().Do(kCrash,
                              [&world] { world.node(NodeId(2)).Crash(); });
          },
      .judge =
          [is_late](Trial& trial, const Asked& asked) {
            const VirtualTime now = trial.world().now();
            if (asked.index == 0) {
              *is_late = now > VirtualTime::Milliseconds(5);
            }
            trial.Expect(asked.index != 4 || asked.lost > 0 || !*is_late,
                         "four", "four were answered");
          }};
  const uint64_t late = 6'000'000;
  const uint64_t after_crash = 15'000'000;
  const Causes causes = CausesOf(
      asking, {{"client 0", "operation-start", 4, after_crash},
               {"client->server", "request-delay", 0, late, "ask 0.0 #0"}});
  EXPECT_EQ(causes.need, FailureNeed::kDelays);
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("stops CRASH"));
  EXPECT_EQ(causes.turning.instant, kCrash);
  EXPECT_FALSE(causes.turning.builds_up);
}

// Nine operations are too many; of four, one is lost, which counts twice.
TEST(TurningCauseTest, WhatTheWholeWorkloadFailsWithoutTurnsAtTheStart) {
  const Asking asking{.mix = Lossy({}, {1, 10}),
                      .operations = 9,
                      .judge = [](Trial& trial, const Asked& asked) {
                        trial.Expect(asked.before + asked.lost < 4, "many",
                                     "too many");
                      }};
  Schedule schedule = {Lost("reply", 3)};
  for (uint64_t i = 4; i < 9; ++i) {
    schedule.push_back({"client 0", "operation-left-out", i, 1});
  }
  const Causes causes = CausesOf(asking, schedule);
  EXPECT_EQ(causes.necessary.places.size(), 1u);
  EXPECT_EQ(causes.need, FailureNeed::kNothing);
  EXPECT_EQ(causes.turning.curve.turning_text, "the start");
  EXPECT_LT(ShareOf(causes.turning.after).middle, 0.5);
}

// Two operations that are slow or lost fail it. Of nine with ordinary delays
// two are slow; of the two that are left one is lost.
TEST(TurningCauseTest, WhatNeedsNoFaultTurnsAtADelay) {
  struct Slow {
    VirtualTime last;
    int count = 0;
  };
  auto slow = std::make_shared<Slow>();
  const Asking asking{
      .mix = fault::Lab{.reliable = false},
      .operations = 9,
      .begin = [slow](World&) { *slow = {}; },
      .judge =
          [slow](Trial& trial, const Asked& asked) {
            const VirtualTime now = trial.world().now();
            const bool is_slow = now - slow->last > Milliseconds(15);
            slow->count += is_slow || !asked.is_answered ? 1 : 0;
            slow->last = now;
            trial.Expect(slow->count < 2, "slow", "two were slow");
          }};
  const uint64_t late = 20'000'000;
  Schedule schedule = {
      Lost("reply", 0),
      {"client->server", "request-delay", 0, late, "ask 0.1 #0"}};
  for (uint64_t i = 2; i < 9; ++i) {
    schedule.push_back({"client 0", "operation-left-out", i, 1});
  }
  const Causes causes = CausesOf(asking, schedule);
  EXPECT_EQ(causes.necessary.places.size(), 1u);
  EXPECT_EQ(causes.need, FailureNeed::kDelays);
  EXPECT_THAT(causes.turning.curve.turning_text, HasSubstr("+20 ms"));
  EXPECT_EQ(causes.drawn.trials, 160u);
}

// The script resets the connection at 5 ms, and the operation begins then.
TEST(TurningCauseTest, AScriptedFaultCountsFromItsBeginning) {
  const Asking asking{
      .mix = Lossy({}, {1, 10}),
      .begin =
          [](World& world) {
            world.script().Reset(VirtualTime() + Microseconds(5075), NodeId(1),
                                 NodeId(0));
          },
      .judge =
          [](Trial& trial, const Asked& asked) {
            trial.Expect(asked.is_answered, "answers", "it had no answer");
          }};
  const auto begins = static_cast<uint64_t>(Milliseconds(5).nanoseconds());
  const auto length = uint64_t{1};
  const Causes causes =
      CausesOf(asking, {{"client 0", "operation-start", 0, begins},
                        {"script", "reset", 0, length}});
  ASSERT_EQ(causes.necessary.places.size(), 1u);
  const TimedDecision& reset =
      causes.run.decisions[causes.necessary.places.front()];
  EXPECT_EQ(reset.asked, VirtualTime() + Microseconds(5075));
  EXPECT_THAT(TextOfEvent(causes.run, reset.event, {}), HasSubstr("RESET"));
}

}  // namespace
}  // namespace reprise
