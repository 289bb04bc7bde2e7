// Scenarios beyond the lab's: keys and values of any bytes, ten thousand
// clients at once, and a canary that must always fail.

#ifndef TESTS_SCENARIOS_STRESS_H_
#define TESTS_SCENARIOS_STRESS_H_

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

// Clients use keys that differ in little: empty, zero bytes, long, prefixes of
// one another. Values are any bytes, the empty value included.
void HarshBinaryKeys(Trial& trial);

// Ten thousand clients start at once and do a few operations each.
void HarshCrowd(Trial& trial);

// States a property that never holds: whoever reports that it passed does not
// check properties.
void Canary(Trial& trial);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_STRESS_H_
