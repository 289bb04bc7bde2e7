// OneCallScenario: a world of two nodes is made, one calls the other once on a
// calm network, and the world ends. What such a trial takes is about what every
// trial takes at least.
//
//   TrialResult result = RunTrial(OneCallScenario(), {.seed = Seed(1)});

#ifndef REPRISE_SIM_EXPLORE_TESTING_ONE_CALL_H_
#define REPRISE_SIM_EXPLORE_TESTING_ONE_CALL_H_

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

Scenario OneCallScenario();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_ONE_CALL_H_
