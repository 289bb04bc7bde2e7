// Which Reprise this is, as `--version` prints it:
//
//   reprise 0.1.0 (commit 1a2b3c4d5e6f, GCC 12.2.0)

#ifndef REPRISE_SIM_EXPLORE_CLI_VERSION_H_
#define REPRISE_SIM_EXPLORE_CLI_VERSION_H_

#include <string>
#include <string_view>

namespace reprise::cli {

// A line. The compiler is the one that built this library.
std::string DescribeVersion(std::string_view commit);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_VERSION_H_
