#include "tools/benchmarks/workload_w.h"

#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/recorder/key_value_recording.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {
namespace {

double MeanLatencyMs(const WorkloadResult& result) {
  return static_cast<double>(result.latency.nanoseconds()) / 1e6 /
         static_cast<double>(result.completed);
}

WorkloadResult RunAlone(const WorkloadW& workload, Seed seed = Seed(1)) {
  TrialArena arena;
  const TrialOptions options{.seed = seed};
  Trial trial(options, arena);
  return RunWorkloadW(trial, workload);
}

// Two ways of 13.5 ms each.
TEST(WorkloadWTest, TakesOneAttemptEachWhereNothingIsLost) {
  const WorkloadResult result = RunAlone({.clients = 5, .calls_each = 2'000});
  EXPECT_EQ(result.completed, 10'000u);
  EXPECT_EQ(result.attempts, 10'000u);
  EXPECT_NEAR(MeanLatencyMs(result), 27.0, 0.5);
}

// An attempt succeeds with 0.9 * 0.9, and each failed one costs 100 ms.
TEST(WorkloadWTest, RepeatsWhatIsLost) {
  const WorkloadResult result =
      RunAlone({.clients = 5,
                .calls_each = 2'000,
                .reliability = Reliability::kUnreliable});
  EXPECT_EQ(result.completed, 10'000u);
  EXPECT_NEAR(static_cast<double>(result.attempts), 10'000 / 0.81, 300.0);
  EXPECT_NEAR(MeanLatencyMs(result), 27.0 + 100.0 * (1 / 0.81 - 1), 2.0);
}

TEST(WorkloadWTest, RecordsALinearizableHistory) {
  TrialArena arena;
  const TrialOptions options{.seed = Seed(1)};
  Trial trial(options, arena);
  RunWorkloadW(trial, {.clients = 5,
                       .calls_each = 200,
                       .reliability = Reliability::kUnreliable});
  const auto& recorded = dynamic_cast<const checker::KeyValueRecording&>(
      *arena.recordings().front());
  EXPECT_EQ(recorded.history().size(), 1'000u);
  EXPECT_EQ(recorded.history().keys(), 10u);
  EXPECT_EQ(recorded.Judge({}).verdict.outcome, checker::Outcome::kHolds);
}

TEST(WorkloadWTest, RepeatsItselfForOneSeedOnly) {
  const WorkloadW workload{.clients = 5, .calls_each = 100};
  EXPECT_EQ(RunAlone(workload, Seed(1)).digest,
            RunAlone(workload, Seed(1)).digest);
  EXPECT_NE(RunAlone(workload, Seed(1)).digest,
            RunAlone(workload, Seed(2)).digest);
}

}  // namespace
}  // namespace reprise
