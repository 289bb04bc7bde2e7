#include "reprise/sim/explore/branch/causes.h"

#include <sys/mman.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

absl::StatusOr<Causes> FindOf(const Timeline& timeline,
                              const CausesOptions& options = {}) {
  return FindCauses(Toy("tally"), "counts-twice", timeline, options);
}

const Timeline kLostReply = {
    .seed = Seed(1),
    .options = {{"clients", 1}, {"additions", 1}},
    .edits = {
        .base = Base::kCalm,
        .schedule = {{"server->client-0", "reply-loss", 0, 1, "add 0 #0"}}}};

TEST(CausesTest, AreTheTurningPointAndTheNecessaryFaults) {
  const absl::StatusOr<Causes> causes = FindOf(kLostReply);
  ASSERT_TRUE(causes.ok()) << causes.status();
  EXPECT_THAT(causes->turning.curve.turning_text, HasSubstr("LOST"));
  ASSERT_EQ(causes->necessary.places.size(), 1u);
  const TimedDecision& fault =
      causes->run.decisions[causes->necessary.places.front()];
  EXPECT_EQ(fault.event, causes->turning.curve.turning_point);
  EXPECT_EQ(causes->need, FailureNeed::kFaults);
  // Eight after the start, and the first seed's whole workload, played twice.
  EXPECT_EQ(causes->trials,
            1 + causes->necessary.trials + 8 + 2 + causes->turning.trials);
}

TEST(CausesTest, StayWithinTheirTrials) {
  const absl::StatusOr<Causes> causes =
      FindOf(kLostReply, {.trials = kBranchTrialsMin});
  ASSERT_TRUE(causes.ok()) << causes.status();
  EXPECT_LE(causes->trials, kBranchTrialsMin);
  EXPECT_EQ(causes->turning.end, TurningEnd::kTrials);
}

TEST(CausesTest, OfARunThatHoldsThereAreNone) {
  Timeline calm = kLostReply;
  calm.edits.schedule.clear();
  const absl::StatusOr<Causes> causes = FindOf(calm);
  ASSERT_TRUE(causes.ok()) << causes.status();
  EXPECT_EQ(causes->run.result().verdict.kind, VerdictKind::kHolds);
  EXPECT_THAT(causes->turning.curve.points, IsEmpty());
  EXPECT_EQ(causes->trials, 0u);
}

TEST(CausesTest, OfARunThatDoesNotRepeatThereAreNone) {
  // All processes count on.
  auto* runs =
      static_cast<int*>(mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(runs, MAP_FAILED);
  const Scenario moody{.name = "moody", .run = [&](Trial& trial) {
                         trial.NewWorld(fault::Calm());
                         trial.Run();
                         trial.Expect((*runs)++ > 0, "mood", "it is Monday");
                       }};
  const absl::StatusOr<Causes> causes =
      FindCauses(moody, "", {.seed = Seed(1)}, {});
  EXPECT_EQ(causes.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(causes.status().message(), HasSubstr("is it deterministic?"));
  munmap(runs, sizeof(int));
}

TEST(CausesTest, CanBeStopped) {
  const absl::StatusOr<Causes> causes =
      FindOf(kLostReply, {.should_stop = [] { return true; }});
  EXPECT_EQ(causes.status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace reprise
