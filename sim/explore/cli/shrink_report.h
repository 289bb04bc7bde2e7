// A failure, what shrinking left of it, and the files that show both:
// NAME.shrunk.json, a replay file, and NAME.html, a page.
//
//   absl::StatusOr<ShrunkFailure> failure = ShrinkAndShow(
//       catalog, console, file, FilesBeside("out/a-417.json"), options);
//   console.out << DescribeShrunk(catalog, console, file, *failure);

#ifndef REPRISE_SIM_EXPLORE_CLI_SHRINK_REPORT_H_
#define REPRISE_SIM_EXPLORE_CLI_SHRINK_REPORT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise::cli {

struct ShrunkFailure {
  Shrunk shrunk = {};
  std::string replay_file = {};
  std::string flags = {};   // As TrialOrigin::flags.
  FailureStory story = {};  // Of what is left; with its page.
  // Of what is left; absent where there was no time for it.
  std::optional<Causes> causes = {};
};

// Where the files go; empty: nowhere.
struct ShrinkFiles {
  std::string replay_file = {};
  std::string page = {};
};

// Beside `path`, a replay file: "out/a-417.json" gives "out/a-417.shrunk.json"
// and "out/a-417.html".
ShrinkFiles FilesBeside(const std::string& path);

// Shrinks what `file` plays, finds the causes of what is left, plays both runs
// and writes the files. Errors as
// Shrink(); DataLoss where a file cannot be written. Shows a line of progress.
absl::StatusOr<ShrunkFailure> ShrinkAndShow(const Catalog& catalog,
                                            Console& console,
                                            const ReplayFile& file,
                                            const ShrinkFiles& files,
                                            const ShrinkOptions& options);

// "shrunk from 195 operations, 99 faults and 503 delays of 5 clients to ...; by
// 341 trials in 0.7 s; leaving out any one thing more loses it", with a line
// break.
std::string DescribeShrinking(const Shrunk& shrunk);

// All there is to say of it: the sentence, the story, the counts, the lines to
// type. Each line ends with a line break.
std::string DescribeShrunk(const Catalog& catalog, const Console& console,
                           const ReplayFile& file,
                           const ShrunkFailure& failure);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_SHRINK_REPORT_H_
