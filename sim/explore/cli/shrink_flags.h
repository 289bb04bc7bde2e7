// The flags that say how much shrinking may cost: --shrink, --shrink-seconds.
//
//   .flags = {ShrinkFlag(), ShrinkSecondsFlag()}
//   absl::StatusOr<ShrinkOptions> options =
//       ReadShrinkFlags(call.arguments, {.seconds = 30});

#ifndef REPRISE_SIM_EXPLORE_CLI_SHRINK_FLAGS_H_
#define REPRISE_SIM_EXPLORE_CLI_SHRINK_FLAGS_H_

#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/shrink/shrink_options.h"

namespace reprise::cli {

// For CommandSpec::flags.
Flag ShrinkFlag();
Flag ShrinkSecondsFlag();

// `usual` with what the flags say. InvalidArgument for a value that cannot be.
absl::StatusOr<ShrinkOptions> ReadShrinkFlags(const Arguments& arguments,
                                              const ShrinkOptions& usual);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_SHRINK_FLAGS_H_
