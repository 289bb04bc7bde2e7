#include "reprise/sim/explore/report/failure_classes.h"

#include <cstddef>
#include <map>
#include <vector>

#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

std::vector<FoundClass> FindClasses(const SweepResult& result) {
  std::vector<FoundClass> classes;
  std::map<FailureClass, size_t> places;
  for (const TrialResult& trial : result.violated) {
    const FailureClass failure = ClassOf(trial.verdict);
    const auto [place, is_new] = places.emplace(failure, classes.size());
    if (is_new) {
      classes.push_back({.failure = failure,
                         .first_seed = trial.seed,
                         .fastest_seed = trial.seed,
                         .fastest_events = trial.events});
    }
    FoundClass& found = classes[place->second];
    ++found.count;
    if (trial.events < found.fastest_events) {
      found.fastest_seed = trial.seed;
      found.fastest_events = trial.events;
    }
  }
  return classes;
}

}  // namespace reprise
