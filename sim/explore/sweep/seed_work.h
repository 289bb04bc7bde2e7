// SeedWork: trials of consecutive seeds, in this process, one after the other.
//
//   SeedWork work(scenario, options, {.hand_in = [&](Stretch stretch) {...}});
//   work.Run({.first = 0, .count = 32});

#ifndef REPRISE_SIM_EXPLORE_SWEEP_SEED_WORK_H_
#define REPRISE_SIM_EXPLORE_SWEEP_SEED_WORK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/sweep/repeater.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

// A run of consecutive trials of which at most the last did not hold.
struct Stretch {
  SweepTotals totals = {};
  MarkCounts marks = {};
  std::optional<RecordedTrial> failure = {};

  // Takes in the failure's own result.
  void AddFailure();
};

struct SeedWorkOptions {
  // Asked before each trial; may be empty.
  std::function<bool()> should_stop = {};
  // Told of each failure at once, and of whatever else was found from time to
  // time and at the end of a range.
  std::function<void(Stretch)> hand_in = {};
  // Called after each trial; may be empty.
  std::function<void()> after_trial = {};
  // Where the process says what it is at, and what it has not handed in yet is
  // kept in case that it dies. Null: nowhere. Not owned.
  SharedPage* page = nullptr;
};

class SeedWork {
 public:
  // All of them must outlive this.
  SeedWork(const Scenario& scenario, const SweepOptions& options,
           const SeedWorkOptions& work);

  // Runs the trials of `seeds`, or as many as there is time for.
  void Run(const SeedRange& seeds);

 private:
  SweepTotals& Pending();
  std::span<uint64_t> PendingMarks();
  void Add(const TrialResult& result);
  TrialResult RunOne(const TrialOptions& trial);
  RecordedTrial Investigate(TrialResult result, const TrialOptions& trial);
  void HandIn(std::optional<RecordedTrial> failure);

  const Scenario& scenario_;
  const SweepOptions& options_;
  const SeedWorkOptions& work_;
  TrialArena arena_;
  Repeater repeater_;
  SweepTotals pending_;  // Where there is no page.
  MarkCounts pending_marks_ = MarkCounts(MarkCount());
  uint64_t failures_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_SEED_WORK_H_
