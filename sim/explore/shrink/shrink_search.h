// ShrinkSearch: a failing trial, and the attempts to make it smaller.
//
// Guarantees: the trial at hand always violates the class that it began with.
// Where the whole workload without any fault or delay does not, what is left of
// it does not either: else the failure would be one of leaving out, such as of
// a count that no longer fits. Which attempt succeeds depends on their order
// alone, not on the number of processes.
//
//   ShrinkSearch search(scenario, bug, options);
//   absl::Status status = search.Begin(timeline);
//   search.LeaveOut([&] { return OperationUnits(search.state()); });

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/shrink_units.h"
#include "reprise/sim/explore/shrink/trial_counts.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

// What there is to leave out at the moment. Neighbours are tried together
// first.
using UnitLister = std::function<Units()>;

class ShrinkSearch {
 public:
  // Both must outlive this.
  ShrinkSearch(const Scenario& scenario, const std::string& bug,
               const ShrinkOptions& options);

  // Plays the failing trial. FailedPrecondition where it is none, Cancelled
  // where it was stopped.
  absl::Status Begin(const Timeline& timeline);

  // Plays the timelines until one violates the class; that becomes the one at
  // hand. None where none did or the budget ran out. One that has failed to
  // before is not played again.
  std::optional<size_t> TryEach(size_t count,
                                absl::FunctionRef<Timeline(size_t)> make);
  // Another way to write the timeline down: it becomes the one at hand where it
  // plays to the same digest.
  bool TryAlike(const Timeline& timeline);

  // Leaves out as many units as can be, by halves down to single ones. A unit
  // that says itself that something is left out becomes an edit; any other one
  // is an edit that is erased. Source: Zeller and Hildebrandt, 2002,
  // complements only.
  void LeaveOut(const UnitLister& units);
  // Leaves out whole groups, one after the other. Groups may have units in
  // common.
  void LeaveOutGroups(const UnitLister& units, const UnitGroups& groups);
  // Leaves out the first of the groups that can be. Whether one could.
  bool LeaveOutOneOf(const UnitGroups& groups);

  // The trial at hand.
  const ShrinkState& state() const { return state_; }
  const Timeline& timeline() const { return state_.timeline; }
  const RecordedTrial& trial() const { return state_.trial; }
  // Makes an earlier one the trial at hand again.
  void Restore(const ShrinkState& state);
  const FailureClass& failure() const { return failure_; }
  // Whether the whole run holds without faults and delays.
  bool NeedsDecisions() const { return needs_decisions_; }
  uint64_t trials() const { return trials_; }
  double Seconds() const { return stopwatch_.Seconds(); }
  // What ran out, if anything.
  std::optional<ShrinkEnd> end() const { return end_; }
  // The trial at hand once more, as it is. None: it was stopped.
  std::optional<RecordedTrial> PlayAgain() {
    return pool_.Record(state_.timeline);
  }

 private:
  bool ShouldStop();
  bool HasBudget();
  bool TryOne(Timeline timeline);
  bool KeepsFailure(const RecordedTrial& trial) const;
  bool FailsByItself(const Timeline& timeline);
  void Take(Timeline timeline, RecordedTrial trial);
  // Of the trial at hand: its counts, and how long others may take.
  void CountAnew();
  void TellProgress();

  const ShrinkOptions& options_;
  Stopwatch stopwatch_;
  TrialPool pool_;
  FailureClass failure_;
  ShrinkState state_;
  TrialCounts counts_;
  uint64_t events_of_whole_ = 0;
  uint64_t events_max_ = 0;  // More are too many.
  bool needs_decisions_ = false;
  // Whether timelines without decisions violate the class.
  absl::flat_hash_map<uint64_t, bool> fail_by_themselves_;
  absl::flat_hash_set<uint64_t> failed_;  // Timelines that lost the failure.
  uint64_t trials_ = 0;
  std::optional<ShrinkEnd> end_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_
