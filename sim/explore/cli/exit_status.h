// The exit statuses of every command.

#ifndef REPRISE_SIM_EXPLORE_CLI_EXIT_STATUS_H_
#define REPRISE_SIM_EXPLORE_CLI_EXIT_STATUS_H_

#include <cstdint>

namespace reprise::cli {

inline constexpr int kExitHolds = 0;
inline constexpr int kExitViolated = 1;
// Bad flags, bad input, or results that could not be written.
inline constexpr int kExitUsage = 2;
inline constexpr int kExitUndecided = 3;
inline constexpr int kExitInterrupted = 130;  // After the results so far.

// The status of trials of which some were violated or undecided. Requires that
// nothing was wrong with the input: that wins over both.
constexpr int ExitStatusOf(uint64_t violated, uint64_t undecided) {
  if (violated > 0) return kExitViolated;
  return undecided > 0 ? kExitUndecided : kExitHolds;
}

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_EXIT_STATUS_H_
