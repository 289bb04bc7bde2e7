// A catalog of small scenarios, for the tests of sim/explore.
//
//   parity     no world; seed % 7 == 3 is violated, seed % 7 == 5 undecided
//   tally      clients add to a server's tally on an unreliable network; with
//              the bug "counts-twice" a retried addition counts again
//   register   two clients and one key, judged by its history; with the bug
//              "stale-read" the server answers with the value before
//   deadlock   a task waits for what nobody does
//   endless    a task that never rests; only a budget ends it
//   leaky      counts its own runs, so that no two are alike
//   refused    asks for a fault mix that cannot be
//   mute       states no property

#ifndef REPRISE_SIM_EXPLORE_TESTING_TOY_CATALOG_H_
#define REPRISE_SIM_EXPLORE_TESTING_TOY_CATALOG_H_

#include <string_view>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

Catalog ToyCatalog();

// The toy of this name. Requires that there is one.
Scenario Toy(std::string_view name);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_TOY_CATALOG_H_
