#include "reprise/sim/explore/sweep/seed_work.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

// What was found is handed in after so many seconds at the latest.
constexpr double kHandInSeconds = 0.1;

}  // namespace

void Stretch::AddFailure() {
  if (!failure) return;
  totals.Add(failure->result);
  AddMarks(failure->result.marks, marks);
}

SeedWork::SeedWork(const Scenario& scenario, const SweepOptions& options,
                   const SeedWorkOptions& work)
    : scenario_(scenario),
      options_(options),
      work_(work),
      repeater_(scenario, options, arena_) {}

SweepTotals& SeedWork::Pending() {
  return work_.page != nullptr ? work_.page->notes<SweepTotals>() : pending_;
}

std::span<uint64_t> SeedWork::PendingMarks() {
  return work_.page != nullptr ? work_.page->marks() : pending_marks_;
}

void SeedWork::Add(const TrialResult& result) {
  Pending().Add(result);
  const std::span<uint64_t> sums = PendingMarks();
  for (size_t i = 0; i < result.marks.size(); ++i) sums[i] += result.marks[i];
}

void SeedWork::Run(const SeedRange& seeds) {
  TrialOptions trial = options_.trial;
  Stopwatch since_hand_in;
  repeater_.Begin(seeds);
  for (uint64_t i = 0; i < seeds.count; ++i) {
    if (work_.should_stop && work_.should_stop()) break;
    if (since_hand_in.Seconds() > kHandInSeconds) {
      HandIn({});
      since_hand_in = Stopwatch();
    }
    trial.seed = Seed(seeds.first + i);
    TrialResult result = RunOne(trial);
    if (repeater_.Repeat(trial, result)) ++Pending().repeated;
    if (result.verdict.kind == VerdictKind::kHolds) {
      Add(result);
    } else {
      HandIn(Investigate(std::move(result), trial));
    }
    if (work_.page != nullptr) (*work_.page)->is_in_trial = false;
  }
  repeater_.End();
  HandIn({});
}

TrialResult SeedWork::RunOne(const TrialOptions& trial) {
  if (work_.page == nullptr) return RunTrial(scenario_, trial, arena_);
  SharedWords& words = **work_.page;
  words.seed = trial.seed.value();
  ++words.trials_begun;
  words.is_in_trial = true;
  TrialResult result = RunTrial(scenario_, trial, arena_);
  if (work_.after_trial) work_.after_trial();
  NoteLackOfMemory(words, result);
  return result;
}

RecordedTrial SeedWork::Investigate(TrialResult result,
                                    const TrialOptions& trial) {
  if (result.verdict.kind == VerdictKind::kUndecided) {
    return {.result = std::move(result)};
  }
  RecordedTrial failure;
  if (result.verdict.property == kDeterminismProperty) {
    failure = RunRecordedTrial(scenario_, trial, arena_);
    failure.result.verdict = std::move(result.verdict);
  } else {
    failure = RunTrialAgain(scenario_, trial, result, arena_);
  }
  // Those among the first `schedules_max` of the sweep are among the first of
  // each process.
  if (++failures_ > options_.schedules_max) failure.schedule.clear();
  return failure;
}

void SeedWork::HandIn(std::optional<RecordedTrial> failure) {
  const std::span<uint64_t> marks = PendingMarks();
  Stretch stretch{.totals = std::exchange(Pending(), SweepTotals()),
                  .marks = MarkCounts(marks.begin(), marks.end()),
                  .failure = std::move(failure)};
  std::fill(marks.begin(), marks.end(), 0);
  stretch.AddFailure();
  if (stretch.totals == SweepTotals()) return;
  work_.hand_in(std::move(stretch));
}

}  // namespace reprise
