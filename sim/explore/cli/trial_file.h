// The one trial that a command is about: a FILE, or --scenario and --seed, with
// --bug and --option.
//
//   absl::StatusOr<ReplayFile> file =
//       ReadTrial(call.arguments, call.catalog, {.watch = watch});

#ifndef REPRISE_SIM_EXPLORE_CLI_TRIAL_FILE_H_
#define REPRISE_SIM_EXPLORE_CLI_TRIAL_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise::cli {

// --option replaces options of the FILE. A trial that is given by its seed is a
// file without edits. InvalidArgument where neither or both are given, for
// unknown names and for a file that is broken; NotFound where it is missing;
// Cancelled where `isolation` ended the trial that tells the options' names.
absl::StatusOr<ReplayFile> ReadTrial(const Arguments& arguments,
                                     const Catalog& catalog,
                                     const IsolationOptions& isolation);

// The trial that the flags name, for what can be said of it where it was not
// read: without a FILE, and without a look at what its scenario asks for. Empty
// where they name none.
ReplayFile NamedTrial(const Arguments& arguments, const Catalog& catalog);

// What is known of a trial that was interrupted before it had ended.
TrialResult InterruptedResult(const ReplayFile& file);

// The name by which what `file` plays is saved: as a sweep names it, with the
// options that --option gives. (Those of a file need not all be unusual.)
absl::StatusOr<std::string> NameToSave(const Arguments& arguments,
                                       const ReplayFile& file);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_TRIAL_FILE_H_
