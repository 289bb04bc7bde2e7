// The flags that say how recorded histories are read: what a recording does not
// say itself (checker/formats/reader_options.h).

#ifndef REPRISE_SIM_EXPLORE_CLI_READING_FLAGS_H_
#define REPRISE_SIM_EXPLORE_CLI_READING_FLAGS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/sim/explore/cli/arguments.h"

namespace reprise::cli {

// --format, --initial, --nil, --failed-cas and --alias, for CommandSpec::flags.
std::vector<Flag> ReadingFlags();

// Which operations an alias may stand for.
enum class Operations { kKeyValue, kAny };

// What they say. InvalidArgument names what is unknown, and what is valid.
absl::StatusOr<checker::ReaderOptions> ReadingOptions(
    const Arguments& arguments, Operations operations);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_READING_FLAGS_H_
