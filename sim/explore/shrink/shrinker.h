// Shrinking: from a failing trial to the few operations and faults that matter.
//
// The recorded decisions of the failing run become edits on a calm base. Then
// everything that can be left out is: smaller options, clients, operations,
// decisions in groups and one by one (delta debugging; Zeller and Hildebrandt,
// "Simplifying and Isolating Failure-Inducing Input", 2002), the pauses between
// operations; what is left is shortened and rounded. What follows a left-out
// operation begins no earlier than it did, until pauses are left out last.
//
// Guarantees: each step violates the class of the first failure
// (failure_class.h). The result depends on the timeline and the number of
// trials alone, not on `jobs`; only ShrinkOptions::seconds, where it bites,
// makes it depend on the machine. O(n log n) trials for n things to leave out,
// and O(n^2) at worst.
//
//   absl::StatusOr<Shrunk> shrunk = Shrink(scenario, bug, timeline, {});
//   WriteReplayFile(path, ToReplayFile(scenario.name, bug, shrunk->trial));

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SHRINKER_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SHRINKER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/trial_counts.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

struct Shrunk {
  FailureClass failure = {};
  Timeline timeline = {};
  RecordedTrial trial = {};  // By `timeline`.
  TrialCounts before = {};
  TrialCounts after = {};
  ShrinkEnd end = ShrinkEnd::kMinimal;
  uint64_t trials = 0;
  double seconds = 0;
};

// FailedPrecondition where the timeline violates nothing, or a property that
// says nothing about the run: "determinism". Cancelled where `should_stop`
// ended it before it had anything.
absl::StatusOr<Shrunk> Shrink(const Scenario& scenario, const std::string& bug,
                              const Timeline& timeline,
                              const ShrinkOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SHRINKER_H_
