// RunLimits and RunResult: how far a run of a world goes, and how it ended.

#ifndef REPRISE_SIM_CORE_RUN_RESULT_H_
#define REPRISE_SIM_CORE_RUN_RESULT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/time.h"

namespace reprise {

struct RunLimits {
  VirtualTime end = VirtualTime::Infinite();  // Stop after this instant.
  // As `end`, if anything is left to happen then: kLook.
  VirtualTime look = VirtualTime::Infinite();
  uint64_t max_steps = UINT64_MAX;  // Over the scheduler's whole life.
  VirtualTime max_time = VirtualTime::Infinite();
  // Whether somebody outside may wake tasks later: they do not deadlock.
  bool is_open = false;
};

enum class RunEnd {
  kIdle,         // No event left; every task has ended or is at rest.
  kDeadlocked,   // No event left, but tasks wait for one another.
  kTimeReached,  // RunLimits::end.
  kOutOfBudget,  // RunLimits::max_steps or max_time.
  kStopped,      // Stop() was called.
  kLook,         // RunLimits::look, or StopToLook() was called: run on.
  kFailed,       // An exception left a task or an event.
};

struct RunResult {
  RunEnd end = RunEnd::kIdle;
  // For kDeadlocked and kOutOfBudget: who waits for what, one task a line.
  std::string report = {};
  // For kFailed.
  std::optional<TaskFailure> failure = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_RUN_RESULT_H_
