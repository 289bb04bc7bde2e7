// A server that crashes and restarts with its disk, and must forget nothing.
//
// Five clerks share five keys on the harsh network and append to one more key
// that nobody puts. The server crashes at times drawn from the seed and loses,
// tears or garbles what it had not synced; its disk is slow and may fail to
// write. How much of all that there is differs from seed to seed.
//
// Properties: the history is linearizable; of what was appended to the one key
// nothing is lost and nothing is there twice; the server always recovers
// ("recovery"); when the faults have ended, every clerk makes progress within
// ten seconds ("progress"); the logs on the disk stay within a bound
// ("log-size"). Options: clients, milliseconds (until the faults end),
// operations (at most, of a client).

#ifndef TESTS_SCENARIOS_RESTART_H_
#define TESTS_SCENARIOS_RESTART_H_

#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

std::vector<Scenario> RestartScenarios();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RESTART_H_
