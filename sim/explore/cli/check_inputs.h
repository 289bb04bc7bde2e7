// Which files the command `check` reads.

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_INPUTS_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_INPUTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise::cli {

// A folder is replaced by the files in it and below it, by name; those whose
// names begin with a dot are left out. "-" and files stay what they are.
// Errors: what does not exist, and a folder without files.
absl::StatusOr<std::vector<std::string>> ExpandFolders(
    const std::vector<std::string>& paths);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_INPUTS_H_
