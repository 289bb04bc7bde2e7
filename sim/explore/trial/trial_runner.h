// Running trials one at a time.
//
// Guarantees: a trial's result depends on the scenario and the options alone,
// not on what the arena was used for before.
//
//   TrialArena arena;
//   TrialResult result = RunTrial(scenario, {.seed = Seed(417)}, arena);
//   if (result.verdict.kind == VerdictKind::kViolated) {
//     RecordedTrial recorded = RunTrialAgain(scenario, options, result, arena);
//   }

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_RUNNER_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_RUNNER_H_

#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options,
                     TrialArena& arena);
TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options);

// The property that is violated by two runs of one trial that differ.
inline constexpr std::string_view kDeterminismProperty = "determinism";

// All of a result that must repeat, as one line: results are the same if and
// only if these are.
std::string DescribeResult(const TrialResult& result);
// Whether such a line is that of a result whose verdict depends on the machine.
bool DependsOnMachine(std::string_view description);

// A trial with all that a replay file needs.
struct RecordedTrial {
  TrialResult result = {};
  // Each option that the scenario asked for, with the value that it got.
  std::vector<OptionValue> options = {};
  // The decisions that differ from calm, in the order in which they were made.
  Schedule schedule = {};
  // How many of them are delays that are no faults.
  uint64_t ordinary_delays = 0;
  // Decisions of TrialOptions::edits that the trial never came to.
  Schedule unused = {};
  // Answers in words that do not fit the run.
  std::vector<UnfitEdit> unfit = {};
  // Digests along the way and of the end; none of a trial without a world.
  std::vector<DigestPoint> digests = {};
  // What clients did (Trial::Operations), in the order in which it began.
  std::vector<BegunOperation> operations = {};
  // Whether it was repeated in another process, without a difference.
  bool is_repeated = false;
};

RecordedTrial RunRecordedTrial(const Scenario& scenario, TrialOptions options,
                               TrialArena& arena);

// Runs a trial a second time, to record it. `first` is the result of the run
// with the same options; where the two differ, the result is a violation of the
// property "determinism" that names both digests, unless both violate
// "sandbox", which says why.
RecordedTrial RunTrialAgain(const Scenario& scenario,
                            const TrialOptions& options,
                            const TrialResult& first, TrialArena& arena);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_RUNNER_H_
