// Small versions of the catalog's trials, for tests that run each scenario in
// every build.
//
//   TrialResult result = RunTrial(scenario, SmallTrial(Seed(1)));

#ifndef TESTS_SMALL_TRIAL_H_
#define TESTS_SMALL_TRIAL_H_

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

// Iterations, values and crowds a fraction of their size. Scenarios that do not
// ask for an option run as they are.
inline TrialOptions SmallTrial(Seed seed) {
  return {.seed = seed,
          .options = {{"milliseconds", 200},
                      {"bytes", 100'000},
                      {"crowd", 1000},
                      {"operations", 100}}};
}

}  // namespace reprise

#endif  // TESTS_SMALL_TRIAL_H_
