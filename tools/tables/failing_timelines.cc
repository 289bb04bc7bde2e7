#include "tools/tables/failing_timelines.h"

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
        return failing.size() < sought.count;
      });
  return failing;
}

}  // namespace reprise
