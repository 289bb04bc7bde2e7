// SweepPrinter: the sweep of one scenario, with what it finds saved, shrunk and
// printed: one entry for each class of failures.
//
//   SweepPrinter printer(call, plan, sweep, determinism, folder_status);
//   ScenarioSweep swept = printer.Run(max_failures);

#ifndef REPRISE_SIM_EXPLORE_CLI_SWEEP_PRINTER_H_
#define REPRISE_SIM_EXPLORE_CLI_SWEEP_PRINTER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/progress.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/report/failure_classes.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise::cli {

struct PlannedSweep {
  const Scenario* scenario = nullptr;
  SeedRange seeds = {};
};

struct SweepPlan {
  std::vector<PlannedSweep> sweeps = {};
  TrialOptions trial = {};
  int jobs = 1;
  bool in_process = false;
  WatchOptions watch = {};
  ShrinkOptions shrink = {};  // Of each class; only its limits are used.
  uint64_t max_failures = 0;
  int repeated_percent = kUsualPercent;
  std::string folder = {};
  bool as_json = false;
  // Why failures cannot be saved; ok: nothing is known against it.
  absl::Status folder_status = {};
};

void SayThatNothingIsSaved(Console& console, const absl::Status& status);

class SweepPrinter {
 public:
  // All must outlive this. `folder_status` is shared by all scenarios: a folder
  // that refuses a file is not asked again.
  SweepPrinter(const Catalog& catalog, Console& console, const SweepPlan& plan,
               const PlannedSweep& sweep, Determinism* determinism,
               absl::Status& folder_status);

  ScenarioSweep Run(uint64_t max_failures);

 private:
  void AddFailure(const RecordedTrial& trial);
  // The path, or "" where it could not be written.
  std::string Save(const RecordedTrial& trial);
  TrialOrigin Origin(const std::string& replay_file) const;
  void ShrinkClasses();
  void ShrinkClass(FoundClass& found);
  void SayWhatWasLeftOut();
  // With JSON, too: nothing else names these seeds.
  void PrintUndecided(const TrialResult& result);
  bool Shrinks() const { return plan_.shrink.trials > 0 && !plan_.in_process; }

  const Catalog& catalog_;
  Console& console_;
  const SweepPlan& plan_;
  absl::Status& folder_status_;
  const Scenario& scenario_;
  ProgressLine progress_;
  SweepOptions options_;
  ScenarioSweep swept_;
  // The file of the first failure of each class, or "".
  std::map<FailureClass, std::string> files_;
  uint64_t undecided_printed_ = 0;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_SWEEP_PRINTER_H_
