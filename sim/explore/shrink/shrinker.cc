#include "reprise/sim/explore/shrink/shrinker.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/shrink/round_values.h"
#include "reprise/sim/explore/shrink/shrink_search.h"
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

Decision Edit(std::string entity, Purpose purpose, uint64_t index,
              uint64_t value) {
  return {.entity = std::move(entity),
          .purpose = std::string(RowOf(purpose).name),
          .index = index,
          .value = value};
}

std::string ClientEntity(int client) { return absl::StrCat("client ", client); }

bool IsOf(const Decision& decision, Purpose purpose) {
  return decision.purpose == RowOf(purpose).name;
}

// Whether it is about the workload: what is left in it, and when that begins.
bool IsOfWorkload(const Decision& decision) {
  return IsOf(decision, Purpose::kOperationLeftOut) ||
         IsOf(decision, Purpose::kOperationStart) ||
         IsOf(decision, Purpose::kOperations) ||
         IsOf(decision, Purpose::kClientLeftOut) ||
         IsOf(decision, Purpose::kNodeLeftOut);
}

// The run as edits on a calm base: its decisions, when its operations begin,
// and that there are no others.
Timeline CalmBase(const Timeline& timeline, const RecordedTrial& trial) {
  Timeline calm = timeline;
  calm.options = trial.options;
  calm.edits.base = Base::kCalm;
  calm.edits.schedule = trial.schedule;
  std::map<int, int64_t> last;
  for (const BegunOperation& operation : trial.operations) {
    calm.edits.schedule.push_back(
        Edit(ClientEntity(operation.client), Purpose::kOperationStart,
             static_cast<uint64_t>(operation.index),
             static_cast<uint64_t>(operation.began.nanoseconds())));
    int64_t& index = last[operation.client];
    index = std::max(index, operation.index);
  }
  for (const auto& [client, index] : last) {
    calm.edits.schedule.push_back(Edit(ClientEntity(client),
                                       Purpose::kOperations, 0,
                                       static_cast<uint64_t>(index) + 1));
  }
  return calm;
}

// All but those at two places.
std::vector<Decision> WithoutPlaces(std::vector<Decision> units, size_t one,
                                    size_t other) {
  units.erase(units.begin() + static_cast<ptrdiff_t>(std::max(one, other)));
  if (one != other) {
    units.erase(units.begin() + static_cast<ptrdiff_t>(std::min(one, other)));
  }
  return units;
}

std::vector<std::vector<Decision>> PairsOf(const std::vector<Decision>& units) {
  std::vector<std::vector<Decision>> pairs;
  for (size_t i = 0; i < units.size(); ++i) {
    for (size_t j = i + 1; j < units.size(); ++j) {
      pairs.push_back({units[i], units[j]});
    }
  }
  return pairs;
}

// All sets of more than one, large ones first.
std::vector<std::vector<Decision>> SetsOf(const std::vector<Decision>& units) {
  std::vector<std::vector<Decision>> sets;
  for (uint64_t bits = 0; bits < uint64_t{1} << units.size(); ++bits) {
    if (std::popcount(bits) < 2) continue;
    std::vector<Decision>& set = sets.emplace_back();
    for (size_t i = 0; i < units.size(); ++i) {
      if ((bits >> i & 1) != 0) set.push_back(units[i]);
    }
  }
  std::stable_sort(sets.begin(), sets.end(),
                   [](const auto& one, const auto& other) {
                     return one.size() > other.size();
                   });
  return sets;
}

// Smaller is better.
using TrialSize = std::tuple<uint64_t, uint64_t, uint64_t>;

TrialSize SizeOf(const RecordedTrial& trial) {
  const TrialCounts counts = CountsOf(trial);
  return {2 * counts.faults + counts.operations + counts.clients, counts.delays,
          counts.events};
}

// Whether a person takes it in at a glance.
bool IsSmall(const RecordedTrial& trial) {
  const TrialCounts counts = CountsOf(trial);
  return counts.clients <= 2 && counts.operations <= 4 && counts.faults <= 1;
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
    Repeat([this] {
      LeaveOutAll();
      LeaveOutPauses();
      LeaveOutSets();
      Shorten();
    });
    Tidy();
    shrunk.timeline = search_.timeline();
    shrunk.trial = search_.trial();
    shrunk.after = CountsOf(shrunk.trial);
    shrunk.end = search_.end().value_or(ShrinkEnd::kMinimal);
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
    const ShrinkState whole = search_.state();
    std::optional<ShrinkState> best;
    for (const std::vector<Decision>& left_out : ClientsToLeaveOut()) {
      if (best && (IsSmall(best->trial) || HasSpentMuch())) break;
      search_.Restore(whole);
      if (!left_out.empty() && !search_.LeaveOutOneOf({left_out})) continue;
      const bool is_of_seed = whole.timeline.edits.base == Base::kSeed;
      if (is_of_seed) ShrinkOptionValues();
      if (!MakeCalm()) continue;
      Repeat([this] { LeaveOutAll(); });
      if (!best || SizeOf(search_.trial()) < SizeOf(best->trial)) {
        best = search_.state();
      }
    }
    search_.Restore(best.value_or(whole));
    return best.has_value();
  }

  bool HasSpentMuch() const { return search_.trials() > options_.trials / 3; }

  // All but one, all but two, none.
  std::vector<std::vector<Decision>> ClientsToLeaveOut() const {
    std::vector<std::vector<Decision>> groups;
    const std::vector<Decision> clients = Clients();
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

  // Until it changes nothing any more.
  void Repeat(const std::function<void()>& passes) {
    uint64_t changes_before;
    do {
      changes_before = search_.changes();
      passes();
    } while (search_.changes() != changes_before && !search_.end());
  }

  // Reseeds go first: after one, what no edit names is not calm.
  bool MakeCalm() {
    Timeline calm = CalmBase(search_.timeline(), search_.trial());
    if (!calm.edits.reseeds.empty()) {
      Timeline without = calm;
      without.edits.reseeds.clear();
      if (Try(without)) return true;
    }
    return Try(calm);
  }

  void LeaveOutAll() {
    ShrinkOptionValues();
    search_.LeaveOut([this] { return Clients(); });
    search_.LeaveOut([this] { return Nodes(); });
    search_.LeaveOut([this] { return Operations(); });
    const ShrinkUnits decisions = [this] { return Decisions(); };
    search_.LeaveOutGroups(decisions, GroupsOf(&Decision::purpose));
    search_.LeaveOutGroups(decisions, GroupsOf(&Decision::entity));
    search_.LeaveOut(decisions);
  }

  // Of a few things, every set of them: as little is left as can be. Of more,
  // two at once, where neither can be left out alone.
  void LeaveOutSets() {
    std::vector<Decision> units = Operations();
    for (const Decision& decision : Decisions()) units.push_back(decision);
    if (units.size() > kUnitsPaired) return;
    std::vector<std::vector<Decision>> sets =
        units.size() <= kUnitsInSets ? SetsOf(units) : PairsOf(units);
    // Once as it is, and once without pauses.
    const std::vector<Decision> pauses = Starts();
    const size_t size = sets.size();
    for (size_t i = 0; !pauses.empty() && i < size; ++i) {
      sets.push_back(sets[i]);
      sets.back().insert(sets.back().end(), pauses.begin(), pauses.end());
    }
    search_.LeaveOutOneOf(sets);
  }

  void LeaveOutPauses() {
    search_.LeaveOut([this] { return Starts(); });
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

  // The same run in fewer words.
  void Tidy() {
    std::set<std::string> clients;
    for (const BegunOperation& operation : search_.trial().operations) {
      clients.insert(ClientEntity(operation.client));
    }
    Timeline timeline = search_.timeline();
    Schedule schedule;
    std::set<std::string> left_out;
    for (const Decision& decision : timeline.edits.schedule) {
      const bool is_left_out = IsOf(decision, Purpose::kClientLeftOut) ||
                               IsOf(decision, Purpose::kOperationLeftOut);
      if (is_left_out && !clients.contains(decision.entity)) {
        left_out.insert(decision.entity);
      } else if (!IsOf(decision, Purpose::kOperations)) {
        schedule.push_back(decision);
      }
    }
    for (const std::string& client : left_out) {
      schedule.push_back(Edit(client, Purpose::kClientLeftOut, 0, 1));
    }
    timeline.edits.schedule = std::move(schedule);
    search_.TryAlike(timeline);
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
    if (options_.determinism == nullptr) return absl::OkStatus();
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

  std::vector<Decision> Clients() const {
    std::set<int> clients;
    for (const BegunOperation& operation : search_.trial().operations) {
      clients.insert(operation.client);
    }
    std::vector<Decision> units;
    for (const int client : clients) {
      units.push_back(
          Edit(ClientEntity(client), Purpose::kClientLeftOut, 0, 1));
    }
    return units;
  }

  // The ends of the links that decisions are about.
  std::vector<Decision> Nodes() const {
    std::set<std::string> nodes;
    std::set<std::string> left_out;
    for (const Decision& decision : search_.timeline().edits.schedule) {
      const size_t arrow = decision.entity.find("->");
      if (IsOf(decision, Purpose::kNodeLeftOut)) {
        left_out.insert(decision.entity);
      } else if (arrow != std::string::npos) {
        nodes.insert(decision.entity.substr(0, arrow));
        nodes.insert(decision.entity.substr(arrow + 2));
      }
    }
    std::vector<Decision> units;
    for (const std::string& node : nodes) {
      if (left_out.contains(node)) continue;
      units.push_back(Edit(node, Purpose::kNodeLeftOut, 0, 1));
    }
    return units;
  }

  std::vector<Decision> Operations() const {
    std::vector<Decision> units;
    for (const BegunOperation& operation : search_.trial().operations) {
      units.push_back(Edit(ClientEntity(operation.client),
                           Purpose::kOperationLeftOut,
                           static_cast<uint64_t>(operation.index), 1));
    }
    return units;
  }

  // In the order in which the run came to them.
  std::vector<Decision> Decisions() const {
    std::vector<Decision> units;
    for (const Decision& decision : search_.timeline().edits.schedule) {
      if (!IsOfWorkload(decision)) units.push_back(decision);
    }
    return units;
  }

  std::vector<Decision> Starts() const {
    std::vector<Decision> units;
    for (const Decision& decision : search_.timeline().edits.schedule) {
      if (IsOf(decision, Purpose::kOperationStart)) units.push_back(decision);
    }
    return units;
  }

  std::vector<std::vector<Decision>> GroupsOf(
      std::string Decision::*member) const {
    std::map<std::string, std::vector<Decision>> groups;
    for (const Decision& decision : Decisions()) {
      groups[decision.*member].push_back(decision);
    }
    std::vector<std::vector<Decision>> list;
    for (auto& [name, group] : groups) list.push_back(std::move(group));
    return list;
  }

  const Scenario& scenario_;
  const std::string& bug_;
  const ShrinkOptions& options_;
  ShrinkSearch search_;
};

}  // namespace

absl::StatusOr<Shrunk> Shrink(const Scenario& scenario, const std::string& bug,
                              const Timeline& timeline,
                              const ShrinkOptions& options) {
  return Shrinker(scenario, bug, options).Run(timeline);
}

}  // namespace reprise
