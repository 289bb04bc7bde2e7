#include "reprise/sim/explore/branch/turning_point.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

// Points of the even grid, the start and the end among them.
constexpr size_t kGrid = 17;
constexpr size_t kGridOfFlat = 5;
// Trials at a point of the search, and at the two around the turning point.
constexpr uint64_t kCoarse = 32;
constexpr uint64_t kFine = 160;
// Instants to each side of the turning point that are measured, too.
constexpr size_t kAround = 3;
// Faults at which the rises of what builds up are summed up.
constexpr size_t kFaultsMax = 16;
// Trials without the decisions of one event, where several may matter.
constexpr uint64_t kWithout = 64;

// Events that happen at one instant, and what the branches after it did.
struct Instant {
  VirtualTime time = {};
  uint64_t last_event = 0;  // 0: before the first one.
  uint64_t trials = 0;
  uint64_t failures = 0;

  double share() const {
    return static_cast<double>(failures) / static_cast<double>(trials);
  }
};

std::vector<Instant> InstantsOf(const TimedRun& run) {
  std::vector<Instant> instants = {{.time = kBeforeTheStart}};
  for (const ListedEvent& each : run.events) {
    if (each.is_shown) continue;
    if (instants.back().time != each.event.time) {
      instants.push_back({.time = each.event.time});
    }
    instants.back().last_event = each.number;
  }
  return instants;
}

// And no failure that comes of one.
bool IsFaultItself(const TraceEvent& event) {
  return !EventTextOf(event.kind).WordsOf(event).fault.empty();
}

CurvePoint PointOf(const Instant& instant) {
  return {.event = instant.last_event,
          .failures = instant.failures,
          .trials = instant.trials,
          .time = std::max(instant.time, VirtualTime())};
}

// How much higher the share is at an instant than at one before.
struct Rise {
  size_t before = 0;
  size_t after = 0;
  double height = 0;
};

// Whether no event turned the run.
enum class Start : uint8_t {
  kIsNoTurn,
  kFails,     // The workload alone fails more often than any event makes it.
  kBuildsUp,  // The largest rise is not most of what there is to the end.
};

// Decisions that one event shows.
struct Candidate {
  uint64_t event = 0;
  std::vector<size_t> decisions = {};
  bool has_fault = false;
};

class Search {
 public:
  Search(TrialPool& pool, const TimedRun& run, const TurningOptions& options)
      : pool_(pool),
        run_(run),
        options_(options),
        failure_(ClassOf(run.result().verdict)),
        instants_(InstantsOf(run)) {}

  Turning Find() {
    MeasureGrid();
    while (Refine()) {
    }
    Rise rise = LargestRise();
    Start start = StartOf(rise);
    if (start == Start::kBuildsUp) {
      if (const std::optional<Rise> to_fault = RiseToFault()) {
        rise = *to_fault;
        start = Start::kIsNoTurn;
      }
    }
    size_t turn = start == Start::kIsNoTurn ? rise.after : 0;
    uint64_t event = EventAt(turn);
    const size_t before = turn > 0 ? Before(turn) : 0;
    if (const std::optional<uint64_t> fault = FaultAhead(turn)) {
      const size_t place = InstantOf(*fault);
      Measure(place, kCoarse);
      // Else no trials were left to say how often it fails from there.
      if (instants_[place].trials > 0) {
        event = *fault;
        turn = place;
      }
    }
    Turning turning{.instant = instants_[turn].time,
                    .after = PointOf(instants_[turn])};
    if (turn > 0) turning.before = PointOf(instants_[before]);
    for (const Instant& instant : instants_) {
      if (instant.trials == 0) continue;
      turning.curve.points.push_back(PointOf(instant));
    }
    turning.curve.turning_point = event;
    turning.curve.turning_text = TextOfEvent(run_, event, options_.text);
    turning.builds_up = start == Start::kBuildsUp;
    turning.end = end_.value_or(TurningEnd::kFound);
    turning.trials = trials_;
    return turning;
  }

 private:
  void MeasureGrid() {
    const size_t last = instants_.size() - 1;
    if (!Measure(0, kCoarse) || !Measure(last, kCoarse)) return;
    // Where all fail from the start on, nothing can rise.
    const bool is_flat = instants_[0].failures == instants_[0].trials;
    const size_t steps = std::min(last, (is_flat ? kGridOfFlat : kGrid) - 1);
    for (size_t i = 1; i < steps; ++i) {
      // Else nothing would be left for the search.
      if (trials_ > options_.trials / 3) return;
      if (!Measure(i * last / steps, kCoarse)) return;
    }
  }

  // Comes closer to the turning point. False: it is found, or the search is at
  // its end.
  bool Refine() {
    const Rise rise = LargestRise();
    const size_t before = rise.before;
    const size_t turn = rise.after;
    if (StartOf(rise) != Start::kIsNoTurn) return Measure(0, kFine);
    if (turn - before > 1) return Measure((before + turn) / 2, kCoarse);
    if (instants_[turn].trials < kFine) return Measure(turn, kFine);
    if (instants_[before].trials < kFine) return Measure(before, kFine);
    for (size_t distance = 1; distance <= kAround; ++distance) {
      if (turn + distance < instants_.size() &&
          instants_[turn + distance].trials == 0) {
        return Measure(turn + distance, kCoarse);
      }
      if (before >= distance && instants_[before - distance].trials == 0) {
        return Measure(before - distance, kCoarse);
      }
    }
    return false;
  }

  double StartShare() const {
    return instants_[0].trials > 0 ? instants_[0].share() : 0;
  }

  // Between the neighbours among measured instants where it is highest; of
  // equal ones the first.
  Rise LargestRise() const {
    Rise largest;
    size_t before = 0;
    double low = StartShare();
    for (size_t i = 1; i < instants_.size(); ++i) {
      if (instants_[i].trials == 0) continue;
      const double height = instants_[i].share() - low;
      if (height > largest.height) largest = {before, i, height};
      before = i;
      low = instants_[i].share();
    }
    return largest;
  }

  // Where the run holds without one of the faults, it is not the workload that
  // fails.
  Start StartOf(const Rise& largest) const {
    if (options_.needs_nothing || StartShare() == 1) return Start::kFails;
    if (!options_.needs_faults && largest.height <= StartShare()) {
      return Start::kFails;
    }
    return largest.height <= (1 - StartShare()) / 2 ? Start::kBuildsUp
                                                    : Start::kIsNoTurn;
  }

  // The measured instant before that one.
  size_t Before(size_t turn) const {
    size_t before = turn - 1;
    while (before > 0 && instants_[before].trials == 0) --before;
    return before;
  }

  // Plays branches after that instant until it has `trials`. False: nothing was
  // played.
  bool Measure(size_t place, uint64_t trials) {
    Instant& instant = instants_[place];
    if (instant.trials >= trials) return false;
    return Play(
        trials - instant.trials, instant.trials,
        [&](Seed seed) { return BranchAfter(run_, instant.time, seed); },
        instant.trials, instant.failures);
  }

  template <typename Make>
  bool Play(uint64_t count, uint64_t first, Make make, uint64_t& trials,
            uint64_t& failures) {
    if (end_) return false;
    if (trials_ + count > options_.trials) {
      end_ = TurningEnd::kTrials;
      return false;
    }
    const PoolEnd end = pool_.Play(
        count, [&](size_t i) { return make(BranchSeed(run_, first + i)); },
        [&](size_t, const RecordedTrial& trial) {
          ++trials;
          failures += ClassOf(trial.result.verdict) == failure_ ? 1 : 0;
          ++trials_;
          if (options_.on_progress) options_.on_progress(trials_);
          return true;
        });
    if (end == PoolEnd::kStopped) end_ = TurningEnd::kStopped;
    return true;
  }

  // The event that is named at the instant.
  uint64_t EventAt(size_t turn) {
    if (turn == 0) return 0;
    const std::vector<Candidate> candidates = CandidatesAt(turn);
    if (candidates.empty()) return EventWithoutDecision(instants_[turn]);
    if (candidates.size() == 1) return candidates.front().event;
    const Candidate* named = nullptr;
    double lowest = 2;
    for (const bool is_fault : {true, false}) {
      for (const Candidate& each : candidates) {
        if (each.has_fault != is_fault) continue;
        const double share = ShareWithout(each, instants_[turn].time);
        if (share >= lowest) continue;
        lowest = share;
        named = &each;
      }
    }
    return named->event;
  }

  // The place of the instant of that event.
  size_t InstantOf(uint64_t event) const {
    size_t place = 0;
    while (instants_[place].last_event < event) ++place;
    return place;
  }

  // Delays matter by what they lead to: where it turns at an instant without a
  // fault, the first fault that follows.
  std::optional<uint64_t> FaultAhead(size_t turn) const {
    if (turn == 0 || run_.keeps_faults) return std::nullopt;
    for (const Candidate& each : CandidatesAt(turn)) {
      if (each.has_fault) return std::nullopt;
    }
    for (const ListedEvent& each : run_.events) {
      if (each.is_shown || each.event.time < instants_[turn].time) continue;
      if (!IsFaultItself(each.event)) continue;
      if (each.event.time == instants_[turn].time) return std::nullopt;
      return each.number;
    }
    return std::nullopt;
  }

  // Of what builds up, the fault up to which it rises by most of what there is
  // since the fault before.
  std::optional<Rise> RiseToFault() {
    if (run_.keeps_faults) return std::nullopt;
    std::vector<size_t> faults;
    for (const ListedEvent& each : run_.events) {
      if (each.is_shown || !IsFaultItself(each.event)) continue;
      const size_t place = InstantOf(each.number);
      if (faults.empty() || faults.back() != place) faults.push_back(place);
    }
    if (faults.empty() || faults.size() > kFaultsMax) return std::nullopt;
    Rise largest;
    double low = StartShare();
    for (const size_t place : faults) {
      Measure(place, kCoarse);
      if (instants_[place].trials == 0) return std::nullopt;
      const double height = instants_[place].share() - low;
      if (height > largest.height) largest = {0, place, height};
      low = instants_[place].share();
    }
    if (StartOf(largest) != Start::kIsNoTurn) return std::nullopt;
    Measure(largest.after, kFine);
    return largest;
  }

  std::vector<Candidate> CandidatesAt(size_t turn) const {
    std::vector<Candidate> candidates;
    const StayingDecisions staying(run_);
    for (size_t i = 0; i < run_.decisions.size(); ++i) {
      const TimedDecision& each = run_.decisions[i];
      // A fault may be decided when nothing happens.
      const bool is_since = each.is_fault && turn > 0 &&
                            each.asked > instants_[turn - 1].time &&
                            each.asked < instants_[turn].time;
      if (each.asked != instants_[turn].time && !is_since) continue;
      if (staying.Has(each) && !IsDelay(each.decision)) continue;
      if (candidates.empty() || candidates.back().event != each.event) {
        candidates.push_back({.event = each.event});
      }
      candidates.back().decisions.push_back(i);
      candidates.back().has_fault |= each.is_fault;
    }
    return candidates;
  }

  // 1 where no trials are left to find out.
  double ShareWithout(const Candidate& candidate, VirtualTime instant) {
    Instant without;
    Play(
        kWithout, 0,
        [&](Seed seed) {
          return BranchWithCalm(run_, candidate.decisions, instant, seed);
        },
        without.trials, without.failures);
    return without.trials == 0 ? 1 : without.share();
  }

  uint64_t EventWithoutDecision(const Instant& instant) const {
    std::optional<uint64_t> shown;
    std::optional<uint64_t> sent;
    for (const ListedEvent& each : run_.events) {
      if (each.is_shown || each.event.time != instant.time) continue;
      const EventText& row = EventTextOf(each.event.kind);
      if (row.variations.shown != EventShown::kAlways) continue;
      if (IsFaultItself(each.event)) return each.number;
      if (!sent && row.words.verb == "sends") sent = each.number;
      if (!shown) shown = each.number;
    }
    if (sent) return *sent;
    return shown.value_or(instant.last_event);
  }

  TrialPool& pool_;
  const TimedRun& run_;
  const TurningOptions& options_;
  const FailureClass failure_;
  std::vector<Instant> instants_;
  uint64_t trials_ = 0;
  std::optional<TurningEnd> end_;
};

}  // namespace

Turning FindTurningPoint(TrialPool& pool, const TimedRun& run,
                         const TurningOptions& options) {
  return Search(pool, run, options).Find();
}

Seed BranchSeed(const TimedRun& run, uint64_t number) {
  return Seed(WordAt(StreamKey(run.timeline.seed, "branch", "reseed"), number));
}

uint64_t BranchStepsMax(const TimedRun& run) {
  constexpr uint64_t kTimes = 50;
  constexpr uint64_t kStepsMin = 100'000;
  return std::max(kStepsMin, kTimes * run.result().events);
}

}  // namespace reprise
