// FixedCheck: whether a bug is gone, of which a failing run is left as a replay
// file.
//
// That the file holds today says little: its decisions were those of the old
// code. So the run is re-seeded where it turned, and these runs must hold, too.
// Where a share p of them failed before the fix, n clean ones would come about
// by accident with the probability (1 - p)^n; n = ln(0.01) / ln(1 - p) make it
// 99 % sure that the bug is gone. For p the low end of its interval of 95 % is
// taken.
//
// The file says where it turned and how often it failed there if `branch` has
// saved it. Otherwise the run is re-seeded after instants that are spread over
// the last half of the faults that it still meets (of its decisions, if it has
// no fault), and only this can be said: with n clean runs it is 99 % sure that
// less than 1 - 0.01^(1/n) of such runs fail (some 4.6 / n; the rule of three,
// for 99 %).
//
//   absl::StatusOr<FixedCheck> check = CheckFixed(scenario, file, {});
//   if (check->runs >= check->needed && check->failures == 0) ...

#ifndef REPRISE_SIM_EXPLORE_BRANCH_FIXED_CHECK_H_
#define REPRISE_SIM_EXPLORE_BRANCH_FIXED_CHECK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

struct FixedCheckOptions {
  int jobs = 1;
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends it. May be empty.
  std::function<bool()> should_stop = {};
  std::function<void(uint64_t runs, uint64_t planned)> on_progress = {};
};

struct FixedCheck {
  TimedRun run = {};  // The file, as it plays today.
  // After which the runs were re-seeded, in turn. Empty where the file fails.
  std::vector<VirtualTime> instants = {};
  uint64_t planned = 0;
  uint64_t runs = 0;
  uint64_t failures = 0;
  uint64_t undecided = 0;
  // The first that failed, and what it violates.
  std::optional<Timeline> failing = {};
  TrialResult failure = {};
  // How often it failed there before the fix, and how many clean runs that
  // asks for. Absent: the file does not say so.
  std::optional<Share> before = {};
  std::optional<uint64_t> needed = {};
};

// InvalidArgument where the scenario refuses to run; Cancelled where it was
// stopped before the file had been played.
absl::StatusOr<FixedCheck> CheckFixed(const Scenario& scenario,
                                      const ReplayFile& file,
                                      const FixedCheckOptions& options);

// How many clean runs make it 99 % sure that runs of which that share failed do
// so no more. Requires a share above 0.
uint64_t CleanRunsFor(double share);
// Below which the share of failures is with a certainty of 99 %.
double ShareAfterCleanRuns(uint64_t runs);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_FIXED_CHECK_H_
