// The flags that say what a replay shows and where it stops: --trace,
// --log-level, --until, --break, --in-process.
//
//   .flags = {TraceFlag(), LogLevelFlag(), UntilFlag(), BreakFlag()}
//   absl::Status status = ReadViewFlags(call.arguments, options);

#ifndef REPRISE_SIM_EXPLORE_CLI_VIEW_FLAGS_H_
#define REPRISE_SIM_EXPLORE_CLI_VIEW_FLAGS_H_

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/sweep/replay.h"

namespace reprise::cli {

// For CommandSpec::flags.
Flag TraceFlag();
Flag LogLevelFlag();
Flag UntilFlag();
Flag BreakFlag();
Flag InProcessFlag();

// InvalidArgument for a value that cannot be, and for a stop in a debugger
// where none watches this process.
absl::Status ReadViewFlags(const Arguments& arguments, PlayOptions& options);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_VIEW_FLAGS_H_
