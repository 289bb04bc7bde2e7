#include "reprise/sim/explore/branch/necessary_faults.h"

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using testing::IsEmpty;

constexpr char kBug[] = "counts-twice";

NecessaryFaults FindOf(const Schedule& schedule, TimedRun& run,
                       const NecessityOptions& options = {}) {
  const Scenario scenario = Toy("tally");
  const absl::StatusOr<TimedRun> recorded =
      RecordTimedRun(scenario, kBug,
                     {.seed = Seed(1),
                      .options = {{"clients", 2}, {"additions", 1}},
                      .edits = {.base = Base::kCalm, .schedule = schedule}},
                     {});
  EXPECT_TRUE(recorded.ok()) << recorded.status();
  run = recorded.value_or(TimedRun());
  EXPECT_EQ(run.result().verdict.property, "exactly-once");
  TrialPool pool(scenario, {.bug = kBug});
  return FindNecessaryFaults(pool, run, options);
}

const Decision kLostReply = {"server->client-0", "reply-loss", 0, 1,
                             "add 0 #0"};
const Decision kLostRequest = {"client-1->server", "request-loss", 0, 1,
                               "add 0 #0"};
// An ordinary delay is no fault.
const Decision kDelay = {"client-1->server", "request-delay", 0, 60'000,
                         "add 0 #0"};

TEST(NecessaryFaultsTest, AreThoseThatAloneSaveTheRun) {
  TimedRun run;
  const NecessaryFaults found = FindOf({kLostReply, kLostRequest, kDelay}, run);
  ASSERT_EQ(found.places.size(), 1u);
  EXPECT_EQ(run.decisions[found.places.front()].decision, kLostReply);
  EXPECT_EQ(found.faults, 2u);
  EXPECT_EQ(found.trials, 2u);
}

TEST(NecessaryFaultsTest, OneThatAnotherReplacesIsNone) {
  Decision also = kLostReply;
  also.entity = "server->client-1";
  TimedRun run;
  // The tally differs, but the evidence has the same shape.
  EXPECT_THAT(FindOf({kLostReply, also}, run).places, IsEmpty());
}

TEST(NecessaryFaultsTest, TriesNoMoreThanItMay) {
  TimedRun run;
  const NecessaryFaults found =
      FindOf({kLostReply, kLostRequest}, run, {.trials = 1});
  EXPECT_EQ(found.trials, 1u);
  EXPECT_EQ(found.faults, 2u);
}

}  // namespace
}  // namespace reprise
