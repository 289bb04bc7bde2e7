#include "reprise/sim/explore/shrink/shrink_search.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/isolation/trial_message.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest.h"

namespace reprise {
namespace {

// A trial that takes so many times the events of the one at hand waits for
// something that was left out, and would not be taken for smaller. It may take
// as many as the whole run, though.
constexpr uint64_t kTimesLonger = 4;
constexpr uint64_t kEventsLeast = 100;
// While the seed answers, fewer clients may fail much later.
constexpr uint64_t kEventsLeastOfSeed = 5'000;

// Names the decision that a unit answers.
using UnitName =
    std::tuple<std::string_view, std::string_view, uint64_t, std::string_view>;

UnitName NameOfUnit(const Decision& unit) {
  return {unit.entity, unit.purpose, unit.index, unit.packet};
}

// Where each unit stands. Borrows from them.
absl::flat_hash_map<UnitName, size_t> PlacesOf(const Units& units) {
  absl::flat_hash_map<UnitName, size_t> places;
  places.reserve(units.size());
  for (size_t i = 0; i < units.size(); ++i) {
    places.emplace(NameOfUnit(units[i]), i);
  }
  return places;
}

// Where among `units` the first stands that is also one of `wanted`; their
// number if none is.
size_t FirstOf(const Units& wanted, size_t from, const Units& units) {
  const absl::flat_hash_map<UnitName, size_t> places = PlacesOf(units);
  for (size_t i = from; i < wanted.size(); ++i) {
    const auto place = places.find(NameOfUnit(wanted[i]));
    if (place != places.end()) return place->second;
  }
  return units.size();
}

Units Slice(const Units& units, size_t begin, size_t size) {
  const auto first = units.begin() + static_cast<ptrdiff_t>(begin);
  return {first,
          first + static_cast<ptrdiff_t>(std::min(size, units.size() - begin))};
}

uint64_t Fingerprint(const Timeline& timeline) {
  MessageWriter writer;
  writer.Write(timeline);
  return HashContent(writer.bytes());
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
  state_.timeline = timeline;
  state_.timeline.options = first->options;
  state_.trial = *first;
  events_of_whole_ = first->result.events;
  CountAnew();
  ++trials_;
  // Neither at once nor with its operations at the instants of the run.
  needs_decisions_ =
      !FailsByItself(state_.timeline) && !FailsByItself(CalmTimeline(state_));
  if (ShouldStop()) return absl::CancelledError("interrupted");
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

std::optional<size_t> ShrinkSearch::TryEach(
    size_t count, absl::FunctionRef<Timeline(size_t)> make) {
  if (count == 0 || !HasBudget()) return std::nullopt;
  if (count == 1) {
    return TryOne(make(0)) ? std::optional<size_t>(0) : std::nullopt;
  }
  size_t next = 0;
  std::vector<size_t> asked;  // Which of the timelines each trial has.
  std::vector<uint64_t> names;
  std::optional<size_t> kept;
  const auto make_next = [&](size_t) -> std::optional<Timeline> {
    while (next < count && !ShouldStop()) {
      Timeline timeline = make(next++);
      const uint64_t name = Fingerprint(timeline);
      if (failed_.contains(name)) continue;
      asked.push_back(next - 1);
      names.push_back(name);
      return timeline;
    }
    return std::nullopt;
  };
  pool_.Play(count, make_next, [&](size_t index, const RecordedTrial& trial) {
    ++trials_;
    TellProgress();
    if (KeepsFailure(trial)) {
      kept = asked[index];
    } else {
      failed_.insert(names[index]);
    }
    return !kept && HasBudget();
  });
  if (!kept) return std::nullopt;
  if (TryOne(make(*kept))) return kept;
  // Those behind it may do.
  return TryEach(count, make);
}

// One that was cut short may violate it for that alone.
bool ShrinkSearch::KeepsFailure(const RecordedTrial& trial) const {
  return trial.result.events <= events_max_ &&
         ClassOf(trial.result.verdict) == failure_;
}

// Whether it violates the class without the decisions that it has.
bool ShrinkSearch::FailsByItself(const Timeline& timeline) {
  const Timeline calm = WithoutDecisions(timeline);
  const uint64_t name = Fingerprint(calm);
  const auto known = fail_by_themselves_.find(name);
  if (known != fail_by_themselves_.end()) return known->second;
  bool fails = false;
  ++trials_;
  pool_.Play(
      1, [&](size_t) { return calm; },
      [&](size_t, const RecordedTrial& trial) {
        fails = KeepsFailure(trial);
        return true;
      });
  fail_by_themselves_[name] = fails;
  return fails;
}

// Records it at once, as it most likely violates the class.
bool ShrinkSearch::TryOne(Timeline timeline) {
  const uint64_t name = Fingerprint(timeline);
  if (failed_.contains(name)) return false;
  std::optional<RecordedTrial> trial = pool_.Record(timeline);
  if (!trial) return false;
  ++trials_;
  TellProgress();
  if (!KeepsFailure(*trial) || (needs_decisions_ && FailsByItself(timeline))) {
    failed_.insert(name);
    return false;
  }
  Take(std::move(timeline), *std::move(trial));
  return true;
}

bool ShrinkSearch::TryAlike(const Timeline& timeline) {
  if (!HasBudget()) return false;
  std::optional<RecordedTrial> trial = pool_.Record(timeline);
  ++trials_;
  if (!trial || trial->result.digest != state_.trial.result.digest)
    return false;
  Take(timeline, *std::move(trial));
  return true;
}

void ShrinkSearch::Restore(const ShrinkState& state) {
  state_ = state;
  CountAnew();
}

// Keeps of a calm timeline what the trial has asked for.
void ShrinkSearch::Take(Timeline timeline, RecordedTrial trial) {
  state_.trial = std::move(trial);
  state_.timeline = std::move(timeline);
  state_.timeline.options = state_.trial.options;
  if (state_.timeline.edits.base == Base::kCalm) {
    state_.timeline.edits.schedule = state_.trial.schedule;
  }
  CountAnew();
}

void ShrinkSearch::CountAnew() {
  counts_ = CountsOf(state_.trial);
  const uint64_t least = state_.timeline.edits.base == Base::kSeed
                             ? kEventsLeastOfSeed
                             : kEventsLeast;
  events_max_ =
      std::max({least, events_of_whole_, kTimesLonger * counts_.events});
  // A step is seldom less than an event.
  pool_.SetMaxSteps(events_max_);
}

void ShrinkSearch::LeaveOut(const UnitLister& list_units) {
  Units units = list_units();
  for (size_t size = units.size(); size > 0 && !units.empty() && HasBudget();
       size /= 2) {
    size = std::min(size, units.size());
    size_t begin = 0;
    while (begin < units.size()) {
      const size_t count = (units.size() - begin + size - 1) / size;
      const std::optional<size_t> kept = TryEach(count, [&](size_t i) {
        return Without(state_.timeline, Slice(units, begin + i * size, size));
      });
      if (!kept) break;
      const Units before = std::move(units);
      units = list_units();
      begin = FirstOf(before, begin + (*kept + 1) * size, units);
    }
  }
}

void ShrinkSearch::LeaveOutGroups(const UnitLister& list_units,
                                  const UnitGroups& groups) {
  size_t begin = 0;
  while (HasBudget()) {
    // What went with an earlier group need not be tried.
    const Units units = list_units();
    const absl::flat_hash_map<UnitName, size_t> places_of = PlacesOf(units);
    UnitGroups present;
    std::vector<size_t> places;
    for (size_t i = begin; i < groups.size(); ++i) {
      Units group;
      for (const Decision& unit : groups[i]) {
        if (places_of.contains(NameOfUnit(unit))) group.push_back(unit);
      }
      if (group.empty()) continue;
      present.push_back(std::move(group));
      places.push_back(i);
    }
    const std::optional<size_t> kept = TryEach(present.size(), [&](size_t i) {
      return Without(state_.timeline, present[i]);
    });
    if (!kept) return;
    begin = places[*kept] + 1;
  }
}

bool ShrinkSearch::LeaveOutOneOf(const UnitGroups& groups) {
  return TryEach(groups.size(),
                 [&](size_t i) { return Without(state_.timeline, groups[i]); })
      .has_value();
}

void ShrinkSearch::TellProgress() {
  if (options_.on_progress) options_.on_progress({trials_, counts_});
}

}  // namespace reprise
