#include "reprise/sim/explore/cli/trial_flags.h"

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/file_error.h"
#include "reprise/sim/explore/trial/replay_file.h"

namespace reprise::cli {

Flag ScenarioFlag() {
  return {.name = "scenario",
          .value_name = "NAME",
          .about = "the scenario to run; `list` names them"};
}

Flag JobsFlag() {
  return {.name = "jobs",
          .value_name = "N",
          .about = "processes; by default one a processor"};
}

Flag BugFlag() {
  return {.name = "bug",
          .value_name = "NAME",
          .about = "plant this bug; `list` names them"};
}

Flag OptionFlag() {
  return {.name = "option",
          .value_name = "NAME=VALUE",
          .about = "replace one of the scenario's options, such as clients=3",
          .may_repeat = true};
}

Flag MaxStepsFlag() {
  return {.name = "max-steps",
          .value_name = "N",
          .about = "events that a trial may take; by default the scenario's"};
}

Flag MaxTimeFlag() {
  return {.name = "max-time",
          .value_name = "SECONDS",
          .about =
              "virtual time that a trial may take; by default the "
              "scenario's"};
}

Flag WatchdogFlag() {
  return {.name = "watchdog",
          .value_name = "SECONDS",
          .about =
              "processor time that a task may take without a suspension; "
              "by default 5; 0: any"};
}

absl::Status ReadBudgets(const Arguments& arguments, TrialOptions& trial) {
  // So many seconds still fit into virtual time.
  constexpr uint64_t kSecondsMax = 1'000'000'000;
  if (arguments.Has("max-steps")) {
    const absl::StatusOr<uint64_t> steps =
        ParseNumber("max-steps", arguments.Value("max-steps"), 1,
                    std::numeric_limits<uint64_t>::max());
    if (!steps.ok()) return steps.status();
    trial.max_steps = *steps;
  }
  if (arguments.Has("max-time")) {
    const absl::StatusOr<uint64_t> seconds =
        ParseNumber("max-time", arguments.Value("max-time"), 1, kSecondsMax);
    if (!seconds.ok()) return seconds.status();
    trial.max_time = VirtualTime::Seconds(static_cast<int64_t>(*seconds));
  }
  return absl::OkStatus();
}

absl::StatusOr<WatchOptions> ParseWatch(const Arguments& arguments) {
  constexpr uint64_t kSecondsMax = 1'000'000;
  if (!arguments.Has("watchdog")) return WatchOptions();
  const absl::StatusOr<uint64_t> seconds =
      ParseNumber("watchdog", arguments.Value("watchdog"), 0, kSecondsMax);
  if (!seconds.ok()) return seconds.status();
  return WatchOptions{.stuck_seconds = static_cast<double>(*seconds)};
}

absl::StatusOr<std::vector<OptionValue>> ParseOptions(
    const Arguments& arguments) {
  std::vector<OptionValue> options;
  for (const std::string& text : arguments.Values("option")) {
    absl::StatusOr<OptionValue> option = ParseOption(text);
    if (!option.ok()) return option.status();
    for (const OptionValue& other : options) {
      if (other.name != option->name) continue;
      return absl::InvalidArgumentError(absl::StrFormat(
          "option \"%s\" was given twice.", Echo(option->name)));
    }
    options.push_back(*std::move(option));
  }
  return options;
}

absl::StatusOr<TrialSelection> SelectTrials(const Arguments& arguments,
                                            const Catalog& catalog) {
  TrialSelection selection;
  std::string scenario_name = arguments.Value("scenario");
  bool has_scenario = arguments.Has("scenario");
  if (arguments.Has("bug")) {
    const absl::StatusOr<const PlantedBug*> bug =
        FindBug(catalog, arguments.Value("bug"));
    if (!bug.ok()) return bug.status();
    selection.bug = (*bug)->name;
    if (!has_scenario) scenario_name = (*bug)->scenario;
    has_scenario = true;
  }
  if (has_scenario) {
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(catalog, scenario_name);
    if (!scenario.ok()) return scenario.status();
    selection.scenario = *scenario;
  }
  absl::StatusOr<std::vector<OptionValue>> options = ParseOptions(arguments);
  if (!options.ok()) return options.status();
  selection.options = *std::move(options);
  return selection;
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  std::error_code missing;
  if (std::filesystem::is_directory(path, missing)) return absl::OkStatus();
  return FileError(path, "cannot be made a folder",
                   error ? error.value() : ENOTDIR);
}

absl::Status ProbeFolder(const std::string& path, const std::string& name) {
  std::error_code missing;
  // A link to nowhere is there, too.
  const bool is_there =
      std::filesystem::exists(std::filesystem::symlink_status(path, missing));
  absl::Status status = MakeFolder(path);
  if (status.ok()) status = ProbeReplayFile(absl::StrCat(path, "/", name));
  if (!is_there) std::filesystem::remove(path, missing);
  return status;
}

absl::StatusOr<int> ParseJobs(const Arguments& arguments) {
  constexpr uint64_t kJobsMax = 1024;
  if (!arguments.Has("jobs")) return DefaultJobs();
  const absl::StatusOr<uint64_t> jobs =
      ParseNumber("jobs", arguments.Value("jobs"), 1, kJobsMax);
  if (!jobs.ok()) return jobs.status();
  return static_cast<int>(*jobs);
}

}  // namespace reprise::cli
