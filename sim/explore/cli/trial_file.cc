#include "reprise/sim/explore/cli/trial_file.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/trial_options.h"

namespace reprise::cli {
namespace {

// A trial given by --scenario and --seed, as a file without schedule.
absl::StatusOr<ReplayFile> FileOfSeed(const Arguments& arguments,
                                      const Catalog& catalog) {
  if (!arguments.Has("seed") ||
      !(arguments.Has("scenario") || arguments.Has("bug"))) {
    return absl::InvalidArgumentError(
        "needs a FILE, or --scenario=NAME and --seed=N.");
  }
  const absl::StatusOr<TrialSelection> selection =
      SelectTrials(arguments, catalog);
  if (!selection.ok()) return selection.status();
  const absl::StatusOr<uint64_t> seed = ParseNumber(
      "seed", arguments.Value("seed"), 0, std::numeric_limits<uint64_t>::max());
  if (!seed.ok()) return seed.status();
  return ReplayFile{
      .scenario = selection->scenario->name,
      .bug = selection->bug,
      .timeline = {.seed = Seed(*seed), .options = selection->options}};
}

absl::StatusOr<ReplayFile> FileOfPath(const Arguments& arguments) {
  for (const char* flag : {"scenario", "seed", "bug"}) {
    if (arguments.Has(flag)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the FILE says which trial to play; --", flag,
                       " cannot be given with it."));
    }
  }
  absl::StatusOr<ReplayFile> file =
      ReadReplayFile(arguments.positionals().front());
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::vector<OptionValue>> options =
      ParseOptions(arguments);
  if (!options.ok()) return options.status();
  for (const OptionValue& option : *options) {
    std::erase_if(file->timeline.options, [&](const OptionValue& old) {
      return old.name == option.name;
    });
    file->timeline.options.push_back(option);
  }
  return file;
}

// Whether the scenario of `file` asks for the options that were given. Others
// that the file has may be older than the scenario.
absl::Status CheckGiven(const Arguments& arguments, const ReplayFile& file,
                        const Catalog& catalog,
                        const IsolationOptions& isolation) {
  const absl::StatusOr<std::vector<OptionValue>> given =
      ParseOptions(arguments);
  if (!given.ok()) return given.status();
  if (given->empty()) return absl::OkStatus();
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, file.scenario);
  if (!scenario.ok()) return scenario.status();
  return CheckOptionNames(**scenario,
                          {.seed = file.timeline.seed,
                           .bug = file.bug,
                           .options = file.timeline.options,
                           .edits = &file.timeline.edits},
                          *given, isolation);
}

}  // namespace

absl::StatusOr<ReplayFile> ReadTrial(const Arguments& arguments,
                                     const Catalog& catalog,
                                     const IsolationOptions& isolation) {
  absl::StatusOr<ReplayFile> file = arguments.positionals().empty()
                                        ? FileOfSeed(arguments, catalog)
                                        : FileOfPath(arguments);
  if (!file.ok()) return file.status();
  const absl::Status status = CheckGiven(arguments, *file, catalog, isolation);
  if (!status.ok()) return status;
  return file;
}

ReplayFile NamedTrial(const Arguments& arguments, const Catalog& catalog) {
  absl::StatusOr<ReplayFile> file = FileOfSeed(arguments, catalog);
  return file.ok() ? *std::move(file) : ReplayFile();
}

TrialResult InterruptedResult(const ReplayFile& file) {
  return {.seed = file.timeline.seed,
          .verdict = {.kind = VerdictKind::kUndecided,
                      .message = "interrupted before the trial had ended"}};
}

absl::StatusOr<std::string> NameToSave(const Arguments& arguments,
                                       const ReplayFile& file) {
  const absl::StatusOr<std::vector<OptionValue>> options =
      ParseOptions(arguments);
  if (!options.ok()) return options.status();
  return ReplayFileName(file.scenario, {.bug = file.bug, .options = *options},
                        file.timeline.seed);
}

}  // namespace reprise::cli
