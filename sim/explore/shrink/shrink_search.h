// ShrinkSearch: a failing trial, and the attempts to make it smaller.
//
// Guarantees: the trial at hand always violates the class that it began with.
// Which attempt succeeds depends on their order alone, not on the number of
// processes.
//
//   ShrinkSearch search(scenario, bug, options);
//   absl::Status status = search.Begin(timeline);
//   search.LeaveOut({.units = ..., .without = ...});

#ifndef REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_
#define REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/trial_counts.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

// What is left out, one by one and in groups.
struct ShrinkPass {
  // What there is at the moment. Neighbours are tried together first.
  std::function<std::vector<Decision>()> units = {};
  // The timeline at hand without some of them.
  std::function<Timeline(const std::vector<Decision>& left_out)> without = {};
};

class ShrinkSearch {
 public:
  // Both must outlive this.
  ShrinkSearch(const Scenario& scenario, const std::string& bug,
               const ShrinkOptions& options);

  // Plays the failing trial. FailedPrecondition where it is none, Cancelled
  // where it was stopped.
  absl::Status Begin(const Timeline& timeline);

  // Plays the timelines until one violates the class; that becomes the one at
  // hand. None where none did or the budget ran out.
  std::optional<size_t> TryEach(size_t count, TrialPool::Maker make);
  bool Try(const Timeline& timeline) {
    return TryEach(1, [&](size_t) { return timeline; }).has_value();
  }

  // Another way to write the timeline down: it becomes the one at hand where it
  // plays to the same digest.
  bool TryAlike(const Timeline& timeline);

  // Leaves out as many units as can be, by halves down to single ones: when it
  // returns, leaving out any one more loses the failure. Whether it left out
  // any. Source: Zeller and Hildebrandt, 2002, complements only.
  bool LeaveOut(const ShrinkPass& pass);
  // Leaves out whole groups, which may have units in common. Whether it left
  // out any.
  bool LeaveOutGroups(const ShrinkPass& pass,
                      const std::vector<std::vector<Decision>>& groups);

  const Timeline& timeline() const { return timeline_; }
  const RecordedTrial& trial() const { return trial_; }
  const FailureClass& failure() const { return failure_; }
  // How often another timeline has become the one at hand.
  uint64_t changes() const { return changes_; }
  uint64_t trials() const { return trials_; }
  double Seconds() const { return stopwatch_.Seconds(); }
  // What ran out, if anything.
  std::optional<ShrinkEnd> end() const { return end_; }
  // The trial at hand once more, as it is. None: it was stopped.
  std::optional<RecordedTrial> PlayAgain() { return pool_.Record(timeline_); }

 private:
  bool ShouldStop();
  bool HasBudget();
  // False: the trial differed when it was recorded.
  bool Adopt(Timeline timeline);
  void Take(Timeline timeline, RecordedTrial trial);
  void TellProgress();

  const ShrinkOptions& options_;
  Stopwatch stopwatch_;
  TrialPool pool_;
  FailureClass failure_;
  Timeline timeline_;
  RecordedTrial trial_;
  TrialCounts counts_;
  uint64_t changes_ = 0;
  uint64_t trials_ = 0;
  std::optional<ShrinkEnd> end_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_SHRINK_SEARCH_H_
