#include "tools/tables/failing_timelines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/branch/blamed_event.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

bool IsChosen(const ChosenBugs& chosen, const PlantedBug& bug) {
  if (!chosen.only.empty() && bug.name != chosen.only) return false;
  if (!bug.scenario.starts_with(chosen.of)) return false;
  return std::none_of(chosen.without.begin(), chosen.without.end(),
                      [&](const std::string& pattern) {
                        return MatchesPattern(pattern, bug.scenario);
                      });
}

// NotFound with `error` where no bug is chosen.
absl::Status ExpectSome(const Catalog& catalog, const std::string& error,
                        const std::function<bool(const PlantedBug&)>& chosen) {
  if (std::any_of(catalog.bugs.begin(), catalog.bugs.end(), chosen)) {
    return absl::OkStatus();
  }
  return absl::NotFoundError(error);
}

absl::Status CheckChosen(const Catalog& catalog, const ChosenBugs& chosen) {
  absl::Status status;
  if (!chosen.only.empty()) status = FindBug(catalog, chosen.only).status();
  status.Update(ExpectSome(
      catalog,
      absl::StrCat("no planted bug is of a scenario whose name begins with \"",
                   chosen.of, "\""),
      [&](const PlantedBug& bug) {
        return bug.scenario.starts_with(chosen.of);
      }));
  for (const std::string& pattern : chosen.without) {
    status.Update(ExpectSome(
        catalog,
        absl::StrCat("no planted bug is of a scenario like \"", pattern, "\""),
        [&](const PlantedBug& bug) {
          return MatchesPattern(pattern, bug.scenario);
        }));
  }
  status.Update(
      ExpectSome(catalog, "no planted bug is all that was asked for",
                 [&](const PlantedBug& bug) { return IsChosen(chosen, bug); }));
  return status;
}

}  // namespace

std::vector<Timeline> FailingTimelines(const Scenario& scenario,
                                       const PlantedBug& bug,
                                       const SoughtFailures& sought) {
  std::vector<Timeline> failing;
  uint64_t left_to_skip = sought.skipped;
  TrialPool pool(scenario, {.bug = bug.name, .jobs = sought.jobs});
  pool.Play(
      sought.seeds_max,
      [&](size_t seed) {
        return Timeline{.seed = Seed(seed), .options = sought.options};
      },
      [&](size_t seed, const RecordedTrial& trial) {
        if (!sought.is_failure(trial.result.verdict)) return true;
        if (left_to_skip > 0) {
          --left_to_skip;
          return true;
        }
        failing.push_back({.seed = Seed(seed), .options = sought.options});
        return failing.size() < sought.count;
      });
  return failing;
}

absl::Status ForEachBug(
    const Catalog& catalog, const ChosenBugs& chosen,
    const std::function<void(const Scenario&, const PlantedBug&)>& add) {
  const absl::Status status = CheckChosen(catalog, chosen);
  if (!status.ok()) return status;
  for (const PlantedBug& bug : catalog.bugs) {
    if (!IsChosen(chosen, bug)) continue;
    const absl::StatusOr<const Scenario*> scenario = FindScenario(
        catalog, chosen.scenario.empty() ? bug.scenario : chosen.scenario);
    if (!scenario.ok()) return scenario.status();
    add(**scenario, bug);
  }
  return absl::OkStatus();
}

}  // namespace reprise
