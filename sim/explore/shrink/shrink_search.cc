#include "reprise/sim/explore/shrink/shrink_search.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

// A trial that goes on for so many times the failing one's events waits for
// something that was left out.
constexpr uint64_t kTimesLonger = 20;
constexpr uint64_t kStepsLeast = 100'000;

// Whether both are answers to one decision.
bool AreSame(const Decision& one, const Decision& other) {
  return one.entity == other.entity && one.purpose == other.purpose &&
         one.index == other.index && one.packet == other.packet;
}

bool Holds(const std::vector<Decision>& units, const Decision& wanted) {
  return std::any_of(units.begin(), units.end(), [&](const Decision& unit) {
    return AreSame(unit, wanted);
  });
}

// Where among `units` the first stands that is also one of `wanted`; their
// number if none is.
size_t FirstOf(const std::vector<Decision>& wanted, size_t from,
               const std::vector<Decision>& units) {
  for (size_t i = from; i < wanted.size(); ++i) {
    for (size_t j = 0; j < units.size(); ++j) {
      if (AreSame(units[j], wanted[i])) return j;
    }
  }
  return units.size();
}

std::vector<Decision> Slice(const std::vector<Decision>& units, size_t begin,
                            size_t size) {
  const auto first = units.begin() + static_cast<ptrdiff_t>(begin);
  return {first,
          first + static_cast<ptrdiff_t>(std::min(size, units.size() - begin))};
}

}  // namespace

ShrinkSearch::ShrinkSearch(const Scenario& scenario, const std::string& bug,
                           const ShrinkOptions& options)
    : options_(options),
      pool_(scenario, {.bug = bug,
                       .jobs = options.jobs,
                       .watch = options.watch,
                       .should_stop = [this] { return ShouldStop(); }}) {}

absl::Status ShrinkSearch::Begin(const Timeline& timeline) {
  const std::optional<RecordedTrial> first = pool_.Record(timeline);
  if (!first) return absl::CancelledError("interrupted");
  failure_ = ClassOf(first->result.verdict);
  const Verdict& verdict = first->result.verdict;
  if (failure_.property.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the trial ", ToAbsl(VerdictName(verdict.kind)),
                     verdict.message.empty() ? "" : ": ", verdict.message));
  }
  if (verdict.property == kDeterminismProperty ||
      verdict.property == kSandboxProperty) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the trial violates ", verdict.property,
        ", and what does not repeat cannot be shrunk step by step"));
  }
  timeline_ = timeline;
  trial_ = *first;
  counts_ = CountsOf(trial_);
  ++trials_;
  pool_.SetMaxSteps(std::max(kStepsLeast, kTimesLonger * first->result.events));
  return absl::OkStatus();
}

bool ShrinkSearch::ShouldStop() {
  if (options_.should_stop && options_.should_stop()) {
    end_ = ShrinkEnd::kStopped;
  } else if (options_.seconds && Seconds() > *options_.seconds) {
    end_ = end_.value_or(ShrinkEnd::kSeconds);
  }
  return end_ == ShrinkEnd::kStopped || end_ == ShrinkEnd::kSeconds;
}

bool ShrinkSearch::HasBudget() {
  if (trials_ >= options_.trials) end_ = end_.value_or(ShrinkEnd::kTrials);
  return !end_ && !ShouldStop();
}

std::optional<size_t> ShrinkSearch::TryEach(size_t count,
                                            TrialPool::Maker make) {
  if (count == 0 || !HasBudget()) return std::nullopt;
  std::optional<size_t> kept;
  pool_.Play(count, make, [&](size_t index, const RecordedTrial& trial) {
    ++trials_;
    TellProgress();
    if (ClassOf(trial.result.verdict) == failure_) kept = index;
    return !kept && HasBudget();
  });
  if (kept && !Adopt(make(*kept))) return std::nullopt;
  return kept;
}

bool ShrinkSearch::Adopt(Timeline timeline) {
  std::optional<RecordedTrial> trial = pool_.Record(timeline);
  ++trials_;
  if (!trial || ClassOf(trial->result.verdict) != failure_) return false;
  Take(std::move(timeline), *std::move(trial));
  return true;
}

bool ShrinkSearch::TryAlike(const Timeline& timeline) {
  if (!HasBudget()) return false;
  std::optional<RecordedTrial> trial = pool_.Record(timeline);
  ++trials_;
  if (!trial || trial->result.digest != trial_.result.digest) return false;
  Take(timeline, *std::move(trial));
  return true;
}

// Keeps of the timeline what the trial has asked for.
void ShrinkSearch::Take(Timeline timeline, RecordedTrial trial) {
  ++changes_;
  trial_ = std::move(trial);
  counts_ = CountsOf(trial_);
  timeline_ = std::move(timeline);
  timeline_.options = trial_.options;
  timeline_.edits.schedule = trial_.schedule;
}

bool ShrinkSearch::LeaveOut(const ShrinkPass& pass) {
  bool has_changed = false;
  std::vector<Decision> units = pass.units();
  for (size_t size = units.size(); size > 0 && !units.empty(); size /= 2) {
    size = std::min(size, units.size());
    size_t begin = 0;
    while (begin < units.size()) {
      const size_t count = (units.size() - begin + size - 1) / size;
      const std::optional<size_t> kept = TryEach(count, [&](size_t i) {
        return pass.without(Slice(units, begin + i * size, size));
      });
      if (!kept) break;
      has_changed = true;
      const std::vector<Decision> before = std::move(units);
      units = pass.units();
      begin = FirstOf(before, begin + (*kept + 1) * size, units);
    }
  }
  return has_changed;
}

bool ShrinkSearch::LeaveOutGroups(
    const ShrinkPass& pass, const std::vector<std::vector<Decision>>& groups) {
  bool has_changed = false;
  size_t begin = 0;
  for (;;) {
    // What went with an earlier group need not be tried.
    const std::vector<Decision> units = pass.units();
    std::vector<std::vector<Decision>> present;
    std::vector<size_t> places;
    for (size_t i = begin; i < groups.size(); ++i) {
      std::vector<Decision> group;
      for (const Decision& unit : groups[i]) {
        if (Holds(units, unit)) group.push_back(unit);
      }
      if (group.empty()) continue;
      present.push_back(std::move(group));
      places.push_back(i);
    }
    const std::optional<size_t> kept = TryEach(
        present.size(), [&](size_t i) { return pass.without(present[i]); });
    if (!kept) return has_changed;
    has_changed = true;
    begin = places[*kept] + 1;
  }
}

void ShrinkSearch::TellProgress() {
  if (options_.on_progress) options_.on_progress({trials_, counts_});
}

}  // namespace reprise
