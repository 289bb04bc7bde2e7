// ShrinkOptions: how much shrinking may cost, and who is told of it.

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SHRINK_OPTIONS_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SHRINK_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/shrink/trial_counts.h"

namespace reprise {

// How many trials a class may take unless told otherwise.
inline constexpr uint64_t kUsualShrinkTrials = 3000;

struct ShrinkProgress {
  uint64_t trials = 0;
  TrialCounts counts = {};  // Of the smallest so far.
};

struct ShrinkOptions {
  uint64_t trials = kUsualShrinkTrials;
  std::optional<double> seconds = {};  // None: as long as it takes.
  int jobs = 1;
  WatchOptions watch = {};
  // Repeats the result in another process; may be null. Not owned.
  Determinism* determinism = nullptr;
  // Asked some fifty times a second; true ends it with the smallest so far. May
  // be empty.
  std::function<bool()> should_stop = {};
  std::function<void(const ShrinkProgress&)> on_progress = {};
};

// Why it ended.
enum class ShrinkEnd : uint8_t {
  kMinimal,  // Leaving out any one thing more loses the failure.
  kTrials,
  kSeconds,
  kStopped,
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SHRINK_OPTIONS_H_
