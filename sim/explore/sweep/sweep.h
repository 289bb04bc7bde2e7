// Sweep: many trials of one scenario, on several threads.
//
// Guarantees: what a sweep finds, and the order in which it says so, depends on
// the scenario, the seeds and the options, not on the number of threads: with
// `max_failures` it ends at the very seed at which one thread would have. Only
// a sweep that `should_stop` cuts short depends on time. A violating trial runs
// a second time, recorded; if the two runs differ, that is the violation. A
// trial that `determinism` finds to differ in another process is violated, too.
//
//   SweepOptions options{.seeds = {.first = 0, .count = 1000}, .jobs = 2};
//   SweepResult result = Sweep(scenario, options);
//   if (result.totals.passed != options.seeds.count) ...

#ifndef REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_
#define REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

// Sums over trials. passed + violated + undecided == seeds.
struct SweepTotals {
  uint64_t seeds = 0;
  uint64_t passed = 0;
  uint64_t violated = 0;
  uint64_t undecided = 0;
  uint64_t events = 0;
  uint64_t operations = 0;
  uint64_t calls = 0;
  uint64_t virtual_microseconds = 0;
  uint64_t repeated = 0;  // Of the seeds, in another process.

  void Add(const TrialResult& trial);
  void Add(const SweepTotals& totals);
  friend bool operator==(const SweepTotals&, const SweepTotals&) = default;
};

struct SweepOptions {
  SeedRange seeds = {};
  int jobs = 1;
  // Ends the sweep at the seed that brings this many violations; 0: never.
  uint64_t max_failures = 0;
  // Bug, options and budgets of each trial; its seed is not used.
  TrialOptions trial = {};
  // The schedules of this many failures are recorded for `on_failure`.
  uint64_t schedules_max = 0;
  // Repeats those trials that it covers; may be null. Not owned.
  Determinism* determinism = nullptr;
  // Asked before each trial, from any thread; may be empty.
  std::function<bool()> should_stop = {};
  // How long trials may go on once `should_stop` says so. Then their threads
  // are left running, see SweepResult::has_left_threads. None: to their end.
  std::optional<double> grace_seconds = {};
  // Told of each violation, one at a time and in the order of seeds; its
  // schedule is empty beyond `schedules_max`. From any thread; may be empty.
  std::function<void(const RecordedTrial&)> on_failure = {};
  // Told of the sums so far, one call at a time; may be empty.
  std::function<void(const SweepTotals&)> on_progress = {};
};

struct SweepResult {
  SweepTotals totals;
  // Trials that are violated or undecided, in the order of seeds.
  std::vector<TrialResult> violated;
  std::vector<TrialResult> undecided;
  // Whether `should_stop` ended it before its last seed.
  bool was_stopped = false;
  // Whether threads still run trials whose results are not here. They go on
  // using the scenario and `determinism`, so the caller should end the process.
  bool has_left_threads = false;
};

SweepResult Sweep(const Scenario& scenario, const SweepOptions& options);

// As many jobs as this machine has processors for this process.
int DefaultJobs();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_
