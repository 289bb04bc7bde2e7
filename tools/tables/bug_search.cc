#include "tools/tables/bug_search.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "tools/tables/core_seconds.h"

namespace reprise {
namespace {

constexpr std::array<std::string_view, 8> kOfHistory = {
    "append-order",   "exactly-once", "linearizability", "liveness",
    "no-lost-update", "nothing-lost", "progress",        "value-check"};

// Those of the replicated store and of what else is on its log may leave the
// judging to the clients.
bool CanJudgeByHistory(const Scenario& scenario) {
  return scenario.name.starts_with("raft-");
}

}  // namespace

bool FoundBug::IsFoundWithin(uint64_t seeds) const {
  return std::all_of(failures.begin(), failures.end(),
                     [seeds](const std::optional<FirstFailure>& failure) {
                       return failure.has_value() && failure->seeds <= seeds;
                     });
}

bool IsOfHistory(std::string_view property) {
  return std::find(kOfHistory.begin(), kOfHistory.end(), property) !=
         kOfHistory.end();
}

BugSearch::BugSearch(BugSearchOptions options) : options_(std::move(options)) {}

FoundBug BugSearch::Find(const Scenario& scenario, const PlantedBug& bug) {
  const auto is_violated = [](const Verdict& verdict) {
    return verdict.kind == VerdictKind::kViolated;
  };
  FoundBug found;
  for (uint64_t range = 0; range < options_.ranges; ++range) {
    found.failures.push_back(
        FindIn({.first = range * options_.seeds, .count = options_.seeds},
               scenario, bug, {}, is_violated));
  }
  const std::optional<FirstFailure>& first = found.failures.front();
  if (first.has_value() && IsOfHistory(first->property)) {
    found.is_history_asked = true;
    found.by_history = first;
  } else if (CanJudgeByHistory(scenario)) {
    found.is_history_asked = true;
    found.by_history = FindIn(
        {.count = options_.seeds}, scenario, bug,
        {{.name = "judge-servers", .value = 0}}, [&](const Verdict& verdict) {
          return is_violated(verdict) && IsOfHistory(verdict.property);
        });
  }
  return found;
}

std::optional<FirstFailure> BugSearch::FindIn(
    const Range& range, const Scenario& scenario, const PlantedBug& bug,
    const std::vector<OptionValue>& options, const IsFailure& is_failure) {
  const double before = CoreSeconds();
  std::optional<FirstFailure> failure;
  {
    TrialPool pool(scenario,
                   {.bug = bug.name, .should_stop = options_.should_stop});
    pool.Play(
        range.count,
        [&](size_t index) {
          return Timeline{.seed = Seed(range.first + index),
                          .options = options};
        },
        [&](size_t index, const RecordedTrial& trial) {
          if (options_.look != nullptr) options_.look(index + 1);
          const Verdict& verdict = trial.result.verdict;
          if (!is_failure(verdict)) return true;
          failure = {.seeds = index + 1, .property = verdict.property};
          return false;
        });
  }
  // The pool's processes have ended, and so their time is known.
  if (failure.has_value()) failure->core_seconds = CoreSeconds() - before;
  return failure;
}

}  // namespace reprise
