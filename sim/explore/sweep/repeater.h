// Repeater: repeats those trials of consecutive seeds that are to be repeated,
// in another process, which runs each of them ahead.
//
// Guarantees: what is repeated and what comes of it is as if the other process
// had waited for this one. A trial here rarely waits for the one there.
//
//   Repeater repeater(scenario, options, arena);
//   repeater.Begin({.first = 0, .count = 32});
//   ...  // For each seed:
//   TrialResult result = RunTrial(scenario, trial, arena);
//   if (repeater.Repeat(trial, result)) ++repeated;
//   ...
//   repeater.End();

#ifndef REPRISE_SIM_EXPLORE_SWEEP_REPEATER_H_
#define REPRISE_SIM_EXPLORE_SWEEP_REPEATER_H_

#include <cstdint>
#include <memory>

#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

class Repeater {
 public:
  // All of them must outlive this. Repeats nothing where
  // `options.determinism` is null.
  Repeater(const Scenario& scenario, const SweepOptions& options,
           TrialArena& arena)
      : scenario_(scenario), options_(options), arena_(arena) {}

  // The seeds that are run next, in their order.
  void Begin(const SeedRange& seeds);
  // After the trial of each: whether it was repeated. If it differed, that
  // becomes the verdict of `result`.
  bool Repeat(const TrialOptions& trial, TrialResult& result);
  // No other of the seeds is run.
  void End();

 private:
  void AskForNext();

  const Scenario& scenario_;
  const SweepOptions& options_;
  TrialArena& arena_;
  SeedRange left_ = {};  // Nothing was asked about them.
  // What runs the trial of the seed before them; null: no trial.
  std::unique_ptr<SecondProcess> asked_;
  uint64_t asked_seed_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_REPEATER_H_
