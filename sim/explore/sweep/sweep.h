// Sweep: many trials of one scenario, in several processes.
//
// Guarantees: what a sweep finds, and the order in which it says so, depends on
// the scenario, the seeds and the options, not on the number of processes: with
// `max_failures` it ends at the very seed at which one process would have. Only
// a sweep that `should_stop` cuts short depends on time, and a trial that ran
// into the limits of the machine. A violating trial runs a second time,
// recorded; if the two runs differ, that is the violation. A trial that
// `determinism` finds to differ in another process is violated, too. A trial
// that ends its process violates "no-crash", and the others go on.
//
// The trials run in processes that are forked from this one: what a scenario
// changes outside its trial is lost. See SweepOptions::in_process.
//
//   SweepOptions options{.seeds = {.first = 0, .count = 1000}, .jobs = 2};
//   SweepResult result = Sweep(scenario, options);
//   if (result.totals.passed != options.seeds.count) ...

#ifndef REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_
#define REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/fault_table.h"

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
  FaultCounts faults = {};

  void Add(const TrialResult& trial);
  void Add(const SweepTotals& totals);
  friend bool operator==(const SweepTotals&, const SweepTotals&) = default;
};

struct SweepOptions {
  SeedRange seeds = {};
  int jobs = 1;  // Processes at the same time.
  // Runs the trials in this process, one after the other: for a debugger, and
  // for tests that look at what a scenario leaves behind. Code that ends the
  // process then ends this one.
  bool in_process = false;
  // When a trial that does not suspend is given up.
  WatchOptions watch = {};
  // Ends the sweep at the seed that brings this many violations; 0: never.
  uint64_t max_failures = 0;
  // Bug, options and budgets of each trial; its seed is not used.
  TrialOptions trial = {};
  // The schedules of this many failures are recorded for `on_failure`.
  uint64_t schedules_max = 0;
  // Repeats those trials that it covers; may be null. Not owned.
  Determinism* determinism = nullptr;
  // Asked some fifty times a second, or before each trial; may be empty.
  std::function<bool()> should_stop = {};
  // How long trials may go on once `should_stop` says so. Then their processes
  // are ended. None: to their end.
  std::optional<double> grace_seconds = {};
  // Told of each violation in the order of seeds; its schedule is empty beyond
  // `schedules_max`. May be empty.
  std::function<void(const RecordedTrial&)> on_failure = {};
  // Told of the sums so far; may be empty.
  std::function<void(const SweepTotals&)> on_progress = {};
};

struct SweepResult {
  SweepTotals totals;
  // Trials that are violated or undecided, in the order of seeds.
  std::vector<TrialResult> violated;
  std::vector<TrialResult> undecided;
  // How often each mark was met; see sim/core/mark_list.h.
  MarkCounts marks;
  // Whether `should_stop` ended it before its last seed.
  bool was_stopped = false;
  // Why the scenario refused to run with these options, if it did: the sweep
  // ended there.
  std::optional<std::string> refusal = {};
};

SweepResult Sweep(const Scenario& scenario, const SweepOptions& options);

// As many jobs as this machine has processors for this process.
int DefaultJobs();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_SWEEP_H_
