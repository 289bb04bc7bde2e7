#include "reprise/sim/explore/branch/fixed_check.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The failure of a client that adds once; with the bug or without.
ReplayFile FileWith(const std::string& bug, const Schedule& schedule) {
  return {.scenario = "tally",
          .bug = bug,
          .timeline = {.seed = Seed(1),
                       .options = {{"clients", 1}, {"additions", 1}},
                       .edits = {.base = Base::kCalm, .schedule = schedule}},
          .expected = ExpectedResult{.verdict = VerdictKind::kViolated,
                                     .property = "exactly-once"}};
}

const Decision kLostReply = {"server->client-0", "reply-loss", 0, 1,
                             "add 0 #0"};
const Decision kLostRequest = {"client-0->server", "request-loss", 0, 1,
                               "add 0 #0"};

FixedCheck CheckOf(const ReplayFile& file,
                   const FixedCheckOptions& options = {}) {
  absl::StatusOr<FixedCheck> check = CheckFixed(Toy("tally"), file, options);
  EXPECT_TRUE(check.ok()) << check.status();
  return check.ok() ? *std::move(check) : FixedCheck();
}

TEST(FixedCheckTest, ReseedsWhereTheFileSaysThatItTurned) {
  ReplayFile file = FileWith("", {kLostReply});
  const VirtualTime instant = VirtualTime() + Microseconds(50);
  file.expected->turning_point = {9, instant, 40, 160};
  const FixedCheck check = CheckOf(file);
  EXPECT_THAT(check.instants, ElementsAre(instant));
  ASSERT_TRUE(check.before && check.needed);
  EXPECT_NEAR(check.before->low, 0.189, 0.001);
  // ln(0.01) / ln(1 - 0.1894) = 21.9
  EXPECT_EQ(check.needed, 22u);
  EXPECT_EQ(check.runs, 100u);
  EXPECT_EQ(check.failures, 0u);
}

TEST(FixedCheckTest, ARareFailureAsksForMoreRuns) {
  ReplayFile file = FileWith("", {kLostReply});
  file.expected->turning_point = {9, VirtualTime(), 4, 160};
  const FixedCheck check = CheckOf(file);
  EXPECT_GT(check.needed, 300u);
  EXPECT_EQ(check.runs, check.needed);
}

TEST(FixedCheckTest, WhatIsOnlyHiddenIsFound) {
  // Holds, with the bug in it: the reply is not lost any more.
  const ReplayFile file = FileWith("counts-twice", {kLostRequest});
  const FixedCheck check = CheckOf(file);
  EXPECT_EQ(check.run.result().verdict.kind, VerdictKind::kHolds);
  EXPECT_FALSE(check.needed);
  EXPECT_EQ(check.runs, 500u);
  EXPECT_GT(check.failures, 10u);
  EXPECT_LT(check.failures, 250u);
  // What is handed out plays again.
  ASSERT_TRUE(check.failing);
  EXPECT_EQ(check.failure.verdict.property, "exactly-once");
  const TrialResult again =
      RunTrial(Toy("tally"), {.seed = check.failing->seed,
                              .bug = "counts-twice",
                              .options = check.failing->options,
                              .edits = &check.failing->edits});
  EXPECT_EQ(again.digest, check.failure.digest);
}

TEST(FixedCheckTest, AFileThatStillFailsIsNotReseeded) {
  const FixedCheck check = CheckOf(FileWith("counts-twice", {kLostReply}));
  EXPECT_EQ(check.run.result().verdict.kind, VerdictKind::kViolated);
  EXPECT_EQ(check.runs, 0u);
  EXPECT_THAT(check.instants, IsEmpty());
}

TEST(FixedCheckTest, WithoutATurningPointItTakesTheLastHalfOfTheFaults) {
  // Three faults at different instants; the last two count.
  Decision again = kLostRequest;
  again.packet = "add 0 #1";
  Decision third = kLostReply;
  third.packet = "add 0 #2";
  const FixedCheck check = CheckOf(FileWith("", {kLostRequest, again, third}));
  ASSERT_EQ(check.run.decisions.size(), 3u);
  EXPECT_THAT(check.instants, ElementsAre(check.run.decisions[1].asked,
                                          check.run.decisions[2].asked));
}

TEST(FixedCheckTest, WithoutAnyDecisionItTakesTheStart) {
  EXPECT_THAT(CheckOf(FileWith("", {})).instants, ElementsAre(kBeforeTheStart));
}

TEST(FixedCheckTest, CanBeStopped) {
  const absl::StatusOr<FixedCheck> check =
      CheckFixed(Toy("endless"), {.scenario = "endless"},
                 {.should_stop = [] { return true; }});
  EXPECT_EQ(check.status().code(), absl::StatusCode::kCancelled);
}

TEST(CleanRunsTest, FollowTheRule) {
  EXPECT_EQ(CleanRunsFor(1), 1u);
  EXPECT_EQ(CleanRunsFor(0.99), 1u);
  EXPECT_EQ(CleanRunsFor(0.5), 7u);
  EXPECT_EQ(CleanRunsFor(0.1), 44u);
  EXPECT_EQ(CleanRunsFor(0.01), 459u);
}

TEST(CleanRunsTest, BoundWhatIsNotKnown) {
  EXPECT_EQ(ShareAfterCleanRuns(0), 1);
  EXPECT_NEAR(ShareAfterCleanRuns(500), 0.00917, 0.00001);
}

}  // namespace
}  // namespace reprise
