// The flags that commands share. Which trials to run: --scenario, --bug,
// --option; how many at a time: --jobs; what a trial may take: --max-steps,
// --max-time, --watchdog.

#ifndef REPRISE_SIM_EXPLORE_CLI_TRIAL_FLAGS_H_
#define REPRISE_SIM_EXPLORE_CLI_TRIAL_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise::cli {

// For CommandSpec::flags.
Flag ScenarioFlag();
Flag BugFlag();
Flag OptionFlag();
Flag JobsFlag();
Flag MaxStepsFlag();
Flag MaxTimeFlag();
Flag WatchdogFlag();

// What the flags above select.
struct TrialSelection {
  // Inside the catalog; null where neither a scenario nor a bug was named.
  const Scenario* scenario = nullptr;
  std::string bug = {};
  std::vector<OptionValue> options = {};
};

// InvalidArgument for unknown names. A bug without a scenario selects the
// scenario that it is listed with.
absl::StatusOr<TrialSelection> SelectTrials(const Arguments& arguments,
                                            const Catalog& catalog);

// All values of --option.
absl::StatusOr<std::vector<OptionValue>> ParseOptions(
    const Arguments& arguments);

// The budgets of a trial that the flags set.
absl::Status ReadBudgets(const Arguments& arguments, TrialOptions& trial);
// The value of --watchdog.
absl::StatusOr<WatchOptions> ParseWatch(const Arguments& arguments);

// The value of --jobs; by default one process for each processor.
absl::StatusOr<int> ParseJobs(const Arguments& arguments);

// Makes the folder unless it is there.
absl::Status MakeFolder(const std::string& path);

// Whether a replay file of that name can be expected to be saved in the folder,
// with the reason if not. Leaves no file behind, nor the last folder of `path`
// if it was not there.
absl::Status ProbeFolder(const std::string& path, const std::string& name);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_TRIAL_FLAGS_H_
