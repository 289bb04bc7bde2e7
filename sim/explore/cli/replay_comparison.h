// How a replay compares with its file, for people: with what the file expects,
// and which of its answers met nothing to answer.
//
//   out << DescribeComparison(replay) << DescribeUnused(replay);

#ifndef REPRISE_SIM_EXPLORE_CLI_REPLAY_COMPARISON_H_
#define REPRISE_SIM_EXPLORE_CLI_REPLAY_COMPARISON_H_

#include <string>

#include "absl/status/status.h"
#include "reprise/sim/explore/sweep/replay.h"

namespace reprise::cli {

// That it plays alike, or how it differs and from which event on. Empty where
// the file expects nothing.
std::string DescribeComparison(const Replay& replay);

// Options and decisions that the run did not ask for, a line for each kind.
std::string DescribeUnused(const Replay& replay);

// InvalidArgument where the words of a decision of the file at `path` name what
// the run does not have; names the line.
absl::Status CheckWords(const std::string& path, const Replay& replay);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_REPLAY_COMPARISON_H_
