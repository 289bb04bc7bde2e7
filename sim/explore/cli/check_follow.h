// The flag --follow of the command `check`: judges a history while it is
// written.

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_FOLLOW_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_FOLLOW_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/check_run.h"
#include "reprise/sim/explore/cli/console.h"

namespace reprise::cli {

// --follow, and the flags that say more of it.
std::vector<Flag> FollowFlags();

// InvalidArgument: the flags of --follow without it, several files with it, and
// flags that it does not go with.
absl::Status CheckFollowFlags(const Arguments& arguments);

// Judges the file of `plan`, prints what was found, and answers the exit
// status. InvalidArgument: a flag has no such value.
absl::StatusOr<int> RunFollow(const Arguments& arguments, const CheckPlan& plan,
                              Console& console);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_FOLLOW_H_
