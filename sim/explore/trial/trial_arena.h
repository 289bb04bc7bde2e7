// TrialArena: memory that the trials of one thread use one after the other, so
// that a trial is set up without allocating.
//
// Requires: one trial at a time.
//
//   TrialArena arena;
//   for (const TrialOptions& options : all) Trial(options, arena).Play(run);

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ARENA_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ARENA_H_

#include <memory>
#include <vector>

#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/trial/trial_options.h"

namespace reprise {

class Trial;

class TrialArena {
 public:
  TrialArena() = default;
  TrialArena(const TrialArena&) = delete;
  TrialArena& operator=(const TrialArena&) = delete;

  // Of recorders that have ended, until the next trial begins; those of older
  // trials are empty.
  std::vector<const checker::Recording*> recordings() const;

 private:
  friend class Trial;

  // A recording that no recorder uses.
  struct Kept {
    const void* type;  // See checker::RecordingSink::Reuse.
    std::unique_ptr<checker::Recording> recording;
    bool is_empty;  // No recorder of this trial has used it.
  };

  std::vector<Kept> recordings_;
  std::vector<OptionValue> asked_;
  MarkCounts marks_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ARENA_H_
