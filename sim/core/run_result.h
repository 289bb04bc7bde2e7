// RunResult: how a run of a world ended.

#ifndef REPRISE_SIM_CORE_RUN_RESULT_H_
#define REPRISE_SIM_CORE_RUN_RESULT_H_

#include <string>

namespace reprise {

enum class RunEnd {
  kIdle,         // No event left; every task has ended or is at rest.
  kDeadlocked,   // No event left, but tasks wait for one another.
  kTimeReached,  // RunLimits::end.
  kOutOfBudget,  // RunLimits::max_steps or max_time.
  kStopped,      // Stop() was called.
};

struct RunResult {
  RunEnd end = RunEnd::kIdle;
  // For kDeadlocked and kOutOfBudget: who waits for what, one task a line.
  std::string report = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_RUN_RESULT_H_
