#include "tools/tables/failing_timelines.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

std::vector<Timeline> FailingTimelines(const Scenario& scenario,
                                       const PlantedBug& bug,
                                       const SoughtFailures& sought) {
  std::vector<Timeline> failing;
  TrialPool pool(scenario, {.bug = bug.name, .jobs = sought.jobs});
  pool.Play(
      sought.seeds_max,
      [&](size_t seed) {
        return Timeline{.seed = Seed(seed), .options = sought.options};
      },
      [&](size_t seed, const RecordedTrial& trial) {
        if (sought.is_failure(trial.result.verdict)) {
          failing.push_back({.seed = Seed(seed), .options = sought.options});
        }
        return failing.size() < sought.skipped + sought.count;
      });
  const size_t skipped = std::min<size_t>(sought.skipped, failing.size());
  failing.erase(failing.begin(),
                failing.begin() + static_cast<ptrdiff_t>(skipped));
  return failing;
}

absl::Status ForEachBug(
    const Catalog& catalog, const std::string& only,
    const std::string& scenario,
    const std::function<void(const Scenario&, const PlantedBug&)>& add) {
  bool is_found = only.empty();
  for (const PlantedBug& bug : catalog.bugs) {
    if (!only.empty() && bug.name != only) continue;
    const absl::StatusOr<const Scenario*> found =
        FindScenario(catalog, scenario.empty() ? bug.scenario : scenario);
    if (!found.ok()) return found.status();
    is_found = true;
    add(**found, bug);
  }
  if (is_found) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("no planted bug is named ", only));
}

}  // namespace reprise
