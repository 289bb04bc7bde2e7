#include "reprise/sim/explore/shrink/shrinker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/shrink/round_values.h"
#include "reprise/sim/explore/shrink/shrink_search.h"
#include "reprise/sim/explore/shrink/shrink_units.h"
#include "reprise/sim/explore/shrink/variation.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

// So many are tried in pairs; of more there are too many pairs.
constexpr size_t kClientsPaired = 16;
constexpr size_t kUnitsPaired = 32;
// So many are tried in all sets.
constexpr size_t kUnitsInSets = 8;

// How much later an operation begins in place of a fault.
constexpr Duration kPausesTried[] = {Milliseconds(10), Milliseconds(20),
                                     Milliseconds(50), Milliseconds(100),
                                     Milliseconds(200)};

// So many variations of a small trial are tried.
constexpr uint64_t kVariations = 1500;
// And fewer, where they would have more events than that.
constexpr uint64_t kVariedEvents = 200'000;

// Smaller is better.
using TrialSize = std::tuple<uint64_t, uint64_t, uint64_t>;

TrialSize SizeOf(const RecordedTrial& trial) {
  const TrialCounts counts = CountsOf(trial);
  return {
      3 * counts.faults + counts.operations + counts.clients + counts.servers,
      counts.delays, counts.events};
}

// Whether a person takes it in at a glance.
bool IsSmall(const RecordedTrial& trial) {
  const TrialCounts counts = CountsOf(trial);
  return counts.clients <= 2 && counts.operations <= 4 && counts.faults <= 1;
}

// Whether a smaller trial may be near; of more units there is too much to vary.
bool IsWorthVarying(const ShrinkState& state) {
  const size_t operations = state.trial.operations.size();
  return operations > 0 && !IsSmall(state.trial) &&
         operations + DecisionUnits(state).size() <= kUnitsPaired;
}

// Whether shrinking `trial` further may make it smaller than `best`.
bool IsNear(const RecordedTrial& trial, const RecordedTrial& best) {
  constexpr uint64_t kNear = 2;
  return std::get<0>(SizeOf(trial)) <= std::get<0>(SizeOf(best)) + kNear;
}

class Shrinker {
 public:
  Shrinker(const Scenario& scenario, const std::string& bug,
           const ShrinkOptions& options)
      : scenario_(scenario),
        bug_(bug),
        options_(options),
        search_(scenario, bug, options) {}

  absl::StatusOr<Shrunk> Run(const Timeline& timeline) {
    absl::Status status = search_.Begin(timeline);
    if (!status.ok()) return status;
    Shrunk shrunk{.failure = search_.failure(),
                  .before = CountsOf(search_.trial())};
    TakeSeedsOwnRun();
    if (!FindSmallRun() && !search_.end()) {
      return absl::InternalError(
          "the trial's decisions, written down, do not play to its failure");
    }
    Reduce();
    const bool is_minimal = !search_.end();
    if (is_minimal) Vary();
    TryTidy();
    shrunk.timeline = search_.timeline();
    shrunk.trial = search_.trial();
    shrunk.after = CountsOf(shrunk.trial);
    shrunk.end = is_minimal ? ShrinkEnd::kMinimal : *search_.end();
    shrunk.trials = search_.trials();
    status = Verify(shrunk);
    shrunk.seconds = search_.Seconds();
    if (!status.ok()) return status;
    return shrunk;
  }

 private:
  bool Try(const Timeline& timeline) {
    return search_.TryEach(1, [&](size_t) { return timeline; }).has_value();
  }

  void Reduce() {
    Repeat([this] {
      LeaveOutAll();
      LeaveOutPauses();
      TradeOperationsForPauses();
      LeaveOutSets();
      TradeFaultsForPauses();
      Shorten();
    });
  }

  // Looks for a smaller one near one that nothing can be left out of.
  void Vary() {
    ShrinkState best = search_.state();
    const uint64_t variations =
        std::min(kVariations, kVariedEvents / (best.trial.result.events + 1));
    uint64_t number = 0;
    while (IsWorthVarying(best) && number < variations && !search_.end()) {
      const std::optional<size_t> kept =
          search_.TryEach(variations - number, [&](size_t i) {
            const uint64_t next = number + i;
            return next % 4 != 0 ? VariationOf(best, known_, next)
                                 : FreshTrialOf(whole_, next);
          });
      if (!kept) break;
      number += *kept + 1;
      // Most are left where they are no smaller without the finer steps.
      if (MakeCalm()) Repeat([this] { LeaveOutAll(); });
      if (IsNear(search_.trial(), best.trial)) Reduce();
      if (!search_.end() && SizeOf(search_.trial()) < SizeOf(best.trial)) {
        best = search_.state();
        number = 0;
      }
      search_.Restore(best);
    }
    search_.Restore(best);
  }

  // A file that holds all that its seed decided is as good as the seed, which
  // leaves more to choose from.
  void TakeSeedsOwnRun() {
    if (search_.timeline().edits == Edits()) return;
    Timeline timeline = search_.timeline();
    timeline.edits = {};
    search_.TryAlike(timeline);
  }

  // Makes the smallest of some runs the one at hand: of few clients first, as
  // most failures need no more. While the seed still answers, they may fail at
  // other times than the whole run does.
  bool FindSmallRun() {
    whole_ = search_.state();
    std::optional<ShrinkState> best;
    for (const Units& left_out : ClientsToLeaveOut()) {
      if (best && (IsSmall(best->trial) || HasSpentMuch())) break;
      search_.Restore(whole_);
      if (!left_out.empty() && !search_.LeaveOutOneOf({left_out})) continue;
      const bool is_of_seed = whole_.timeline.edits.base == Base::kSeed;
      if (is_of_seed) ShrinkOptionValues();
      if (!MakeCalm()) continue;
      const std::vector<BegunOperation> known = search_.trial().operations;
      Repeat([this] { LeaveOutAll(); });
      if (!best || SizeOf(search_.trial()) < SizeOf(best->trial)) {
        best = search_.state();
        known_ = known;
      }
    }
    search_.Restore(best.value_or(whole_));
    return best.has_value() || MakeCalm();
  }

  bool HasSpentMuch() const { return search_.trials() > options_.trials / 3; }

  // All but one, all but two, none.
  UnitGroups ClientsToLeaveOut() const {
    UnitGroups groups;
    const Units clients = ClientUnits(search_.state());
    const bool is_of_seed = search_.timeline().edits.base == Base::kSeed;
    if (is_of_seed && clients.size() > 2 && clients.size() <= kClientsPaired) {
      for (size_t i = 0; i < clients.size(); ++i) {
        groups.push_back(WithoutPlaces(clients, i, i));
      }
      for (size_t i = 0; i < clients.size(); ++i) {
        for (size_t j = i + 1; j < clients.size(); ++j) {
          groups.push_back(WithoutPlaces(clients, i, j));
        }
      }
    }
    groups.emplace_back();
    return groups;
  }

  void TryTidy() {
    const Timeline tidy = TidyTimeline(search_.state());
    if (tidy != search_.timeline()) search_.TryAlike(tidy);
  }

  // Until it changes nothing any more.
  void Repeat(const std::function<void()>& passes) {
    Timeline before;
    do {
      before = search_.timeline();
      passes();
    } while (search_.timeline() != before && !search_.end());
  }

  // Reseeds go first: after one, what no edit names is not calm.
  bool MakeCalm() {
    Timeline calm = CalmTimeline(search_.state());
    if (!calm.edits.reseeds.empty()) {
      Timeline without = calm;
      without.edits.reseeds.clear();
      if (Try(without)) return true;
    }
    return Try(calm);
  }

  // All at once: where the failure needs none, what follows has little to move.
  void LeaveOutDecisionsAndStarts() {
    const Units decisions = DecisionUnits(search_.state());
    if (!decisions.empty()) search_.LeaveOutOneOf({decisions});
    if (!DecisionUnits(search_.state()).empty()) return;
    const Units starts = StartUnits(search_.state());
    if (!starts.empty()) search_.LeaveOutOneOf({starts});
  }

  void LeaveOutAll() {
    LeaveOutDecisionsAndStarts();
    ShrinkOptionValues();
    search_.LeaveOut([this] { return ClientUnits(search_.state()); });
    // A scenario expects its nodes: where the guard of the search does not
    // watch over that, they stay, unless it says that they need not.
    // A system that got stuck may have done so because they are missing.
    if (search_.NeedsDecisions() || (scenario_.lets_nodes_be_missing &&
                                     !IsStuck(search_.failure().property))) {
      search_.LeaveOut([this] { return NodeUnits(search_.state()); });
    }
    search_.LeaveOut([this] { return OperationUnits(search_.state()); });
    const UnitLister decisions = [this] {
      return DecisionUnits(search_.state());
    };
    search_.LeaveOutGroups(decisions,
                           GroupsOf(decisions(), &Decision::purpose));
    search_.LeaveOutGroups(decisions, GroupsOf(decisions(), &Decision::entity));
    search_.LeaveOut(decisions);
  }

  // Of a few things, every set of them: as little is left as can be. Of more,
  // two at once, where neither can be left out alone.
  void LeaveOutSets() {
    Units units = OperationUnits(search_.state());
    for (const Decision& decision : DecisionUnits(search_.state()))
      units.push_back(decision);
    if (units.size() > kUnitsPaired) return;
    UnitGroups sets =
        units.size() <= kUnitsInSets ? SetsOf(units) : PairsOf(units);
    // Once as it is, and once without pauses.
    const Units pauses = StartUnits(search_.state());
    const size_t size = sets.size();
    for (size_t i = 0; !pauses.empty() && i < size; ++i) {
      sets.push_back(sets[i]);
      sets.back().insert(sets.back().end(), pauses.begin(), pauses.end());
    }
    search_.LeaveOutOneOf(sets);
  }

  // An operation that only takes time is as well a pause: with the others at
  // the instants at which they begin now, it may be left out.
  void TradeOperationsForPauses() {
    const ShrinkState before = search_.state();
    if (before.trial.operations.size() < 2 || !MakeCalm()) return;
    search_.LeaveOut([this] { return OperationUnits(search_.state()); });
    if (search_.trial().operations.size() < before.trial.operations.size()) {
      LeaveOutPauses();
    } else {
      search_.Restore(before);
    }
  }

  // A fault that only holds an operation up is as well a later beginning of it.
  void TradeFaultsForPauses() {
    const Units faults = DecisionUnits(search_.state());
    const std::vector<BegunOperation>& operations = search_.trial().operations;
    constexpr size_t kLengths = std::size(kPausesTried);
    if (faults.size() * operations.size() > kUnitsPaired) return;
    search_.TryEach(
        faults.size() * operations.size() * kLengths, [&](size_t i) {
          const BegunOperation& operation =
              operations[i / kLengths % operations.size()];
          const Units fault = {faults[i / kLengths / operations.size()]};
          return StartLater(Without(search_.timeline(), fault), operation,
                            kPausesTried[i % kLengths]);
        });
  }

  void LeaveOutPauses() {
    search_.LeaveOut([this] { return StartUnits(search_.state()); });
  }

  void ShrinkOptionValues() {
    for (size_t i = 0; i < search_.timeline().options.size(); ++i) {
      const int64_t value = search_.timeline().options[i].value;
      const std::vector<int64_t> smaller = SmallerSizes(value);
      search_.TryEach(smaller.size(), [&](size_t place) {
        Timeline timeline = search_.timeline();
        timeline.options[i].value = smaller[place];
        return timeline;
      });
    }
  }

  // To the shortest round value that keeps the failure.
  void Shorten() {
    for (size_t i = 0; i < search_.timeline().edits.schedule.size(); ++i) {
      const Decision decision = search_.timeline().edits.schedule[i];
      const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
      if (row == nullptr || row->unit != Unit::kDuration) continue;
      const std::vector<uint64_t> values = RoundDurations(decision.value);
      search_.TryEach(values.size(), [&](size_t place) {
        Timeline timeline = search_.timeline();
        timeline.edits.schedule[i].value = values[place];
        return timeline;
      });
    }
  }

  // A third run, and a fourth one in another process, end alike.
  absl::Status Verify(Shrunk& shrunk) {
    const std::optional<RecordedTrial> again = search_.PlayAgain();
    if (!again) return absl::OkStatus();
    const std::string first = DescribeResult(shrunk.trial.result);
    const std::string second = DescribeResult(again->result);
    if (first != second) {
      return absl::InternalError(absl::StrCat(
          "the shrunk trial differs when it is played again: first ", first,
          ", then ", second));
    }
    // Code that ends its process would end the other one, too.
    if (options_.determinism == nullptr ||
        shrunk.failure.property == kNoCrashProperty) {
      return absl::OkStatus();
    }
    const TrialOptions trial{.seed = shrunk.timeline.seed,
                             .bug = bug_,
                             .options = shrunk.timeline.options,
                             .edits = &shrunk.timeline.edits};
    TrialArena arena;
    const Repetition repetition = options_.determinism->Repeat(
        scenario_, trial, shrunk.trial.result, arena);
    shrunk.trial.is_repeated = repetition.is_done;
    if (!repetition.difference) return absl::OkStatus();
    return absl::InternalError(
        absl::StrCat("the shrunk trial differs in another process: ",
                     repetition.difference->message));
  }

  const Scenario& scenario_;
  const std::string& bug_;
  const ShrinkOptions& options_;
  ShrinkSearch search_;
  ShrinkState whole_;                  // With all operations of the run.
  std::vector<BegunOperation> known_;  // What a variation may do.
};

}  // namespace

absl::StatusOr<Shrunk> Shrink(const Scenario& scenario, const std::string& bug,
                              const Timeline& timeline,
                              const ShrinkOptions& options) {
  return Shrinker(scenario, bug, options).Run(timeline);
}

}  // namespace reprise
