#include "reprise/sim/explore/branch/turning_point.h"

#include <string>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using testing::HasSubstr;

constexpr char kBug[] = "counts-twice";

// Clients that add once each; these decisions differ from calm.
TimedRun Record(int64_t clients, const Schedule& schedule) {
  const absl::StatusOr<TimedRun> run =
      RecordTimedRun(Toy("tally"), kBug,
                     {.seed = Seed(1),
                      .options = {{"clients", clients}, {"additions", 1}},
                      .edits = {.base = Base::kCalm, .schedule = schedule}},
                     {});
  EXPECT_TRUE(run.ok()) << run.status();
  return run.value_or(TimedRun());
}

Decision LostReply(const std::string& client) {
  return {"server->" + client, "reply-loss", 0, 1, "add 0 #0"};
}

Turning Find(const TimedRun& run, int jobs = 1,
             const TurningOptions& options = {}) {
  const Scenario scenario = Toy("tally");
  TrialPool pool(scenario, {.bug = kBug, .jobs = jobs});
  return FindTurningPoint(pool, run, options);
}

// A reply that is lost makes the clerk ask again, and that counts twice for
// sure; before, one reply in ten is lost, or one of those to repeated requests.
TEST(TurningPointTest, IsTheLossThatMakesFailureCertain) {
  const TimedRun run = Record(1, {LostReply("client-0")});
  ASSERT_EQ(run.result().verdict.property, "exactly-once");
  const Turning turning = Find(run);
  EXPECT_EQ(turning.end, TurningEnd::kFound);
  EXPECT_THAT(turning.curve.turning_text,
              HasSubstr("server sends reply to add"));
  EXPECT_THAT(turning.curve.turning_text, HasSubstr("LOST"));
  EXPECT_EQ(turning.curve.turning_point, run.decisions.front().event);
  EXPECT_EQ(turning.instant, run.decisions.front().asked);
  EXPECT_EQ(turning.after.failures, turning.after.trials);
  const Share before = ShareOf(turning.before.failures, turning.before.trials);
  EXPECT_LT(before.low, 0.1);
  EXPECT_GT(before.high, 0.1);
}

TEST(TurningPointTest, TheCurveGoesFromTheStartToTheEnd) {
  const TimedRun run = Record(1, {LostReply("client-0")});
  const FailureCurve curve = Find(run).curve;
  ASSERT_GE(curve.points.size(), 3u);
  EXPECT_EQ(curve.points.front().event, 0u);
  EXPECT_EQ(curve.points.back().event, run.event_count());
  for (size_t i = 1; i < curve.points.size(); ++i) {
    EXPECT_LT(curve.points[i - 1].event, curve.points[i].event);
    EXPECT_LE(curve.points[i - 1].time, curve.points[i].time);
  }
  EXPECT_EQ(curve.points.back().failures, curve.points.back().trials);
}

// Both replies are sent at one instant, and both decisions differ from calm.
TEST(TurningPointTest, AmongEventsOfOneInstantTheOneThatMattersIsNamed) {
  const Decision slow = {"server->client-0", "reply-delay", 0, 60'000,
                         "add 0 #0"};
  const TimedRun run = Record(2, {slow, LostReply("client-1")});
  ASSERT_EQ(run.decisions.size(), 2u);
  ASSERT_EQ(run.decisions[0].asked, run.decisions[1].asked);
  const Turning turning = Find(run);
  EXPECT_THAT(turning.curve.turning_text, HasSubstr("-> client-1 LOST"));
}

TEST(TurningPointTest, AWorkloadThatFailsByItselfTurnsAtTheStart) {
  const absl::StatusOr<TimedRun> run =
      RecordTimedRun(Toy("leaky"), "", {.seed = Seed(1)}, {});
  ASSERT_TRUE(run.ok());
  const Scenario scenario = Toy("leaky");
  TrialPool pool(scenario, {});
  const Turning turning = FindTurningPoint(pool, *run, {});
  EXPECT_EQ(turning.curve.turning_point, 0u);
  EXPECT_EQ(turning.curve.turning_text, "the start");
  EXPECT_EQ(turning.before.trials, 0u);
}

TEST(TurningPointTest, DoesNotDependOnTheNumberOfProcesses) {
  const TimedRun run = Record(2, {LostReply("client-0")});
  const Turning one = Find(run, 1);
  const Turning four = Find(run, 4);
  EXPECT_EQ(one.curve.points, four.curve.points);
  EXPECT_EQ(one.curve.turning_point, four.curve.turning_point);
  EXPECT_EQ(one.trials, four.trials);
}

TEST(TurningPointTest, UsesNoMoreTrialsThanItMay) {
  const TimedRun run = Record(2, {LostReply("client-0")});
  const Turning turning = Find(run, 1, {.trials = kBranchTrialsMin});
  EXPECT_EQ(turning.end, TurningEnd::kTrials);
  EXPECT_LE(turning.trials, kBranchTrialsMin);
  uint64_t trials = 0;
  for (const CurvePoint& point : turning.curve.points) trials += point.trials;
  EXPECT_LE(trials, kBranchTrialsMin);
}

TEST(TurningPointTest, TellsItsProgress) {
  uint64_t told = 0;
  const TimedRun run = Record(1, {LostReply("client-0")});
  const Turning turning = Find(run, 1, {.on_progress = [&](uint64_t trials) {
                                 EXPECT_EQ(trials, told + 1);
                                 told = trials;
                               }});
  EXPECT_EQ(told, turning.trials);
}

TEST(TurningPointTest, CanBeStopped) {
  const Scenario endless = Toy("endless");
  TrialPool pool(endless, {.should_stop = [] { return true; }});
  const Turning turning =
      FindTurningPoint(pool, Record(1, {LostReply("client-0")}), {});
  EXPECT_EQ(turning.end, TurningEnd::kStopped);
}

TEST(BranchStepsMaxTest, IsManyTimesWhatTheRunTook) {
  TimedRun run;
  run.trial.result.events = 10'000;
  EXPECT_EQ(BranchStepsMax(run), 500'000u);
  run.trial.result.events = 10;
  EXPECT_EQ(BranchStepsMax(run), 100'000u);
}

}  // namespace
}  // namespace reprise
