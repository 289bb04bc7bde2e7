// A catalog of scenarios that end their process, never end, or are stopped by
// the limits of the machine, each in a way of its own.
//
// The seeds that are multiples of 5 do; the others hold.
//
//   Execute({"sweep", "--scenario=segfault"}, DeadlyCatalog());

#ifndef REPRISE_SIM_EXPLORE_TESTING_DEADLY_CATALOG_H_
#define REPRISE_SIM_EXPLORE_TESTING_DEADLY_CATALOG_H_

#include <string_view>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

// Most of them violate "no-crash". `killed`, `spins`, `spins-in-scenario`,
// `yields`, `naps`, `retries`, `sleeps` and `hungry` are undecided; `devours`
// is so where a process is allowed less than two gigabytes. `forks-on` goes on
// in two processes, which violates "sandbox" where there is one.
Catalog DeadlyCatalog();

// One of them.
Scenario Deadly(std::string_view name);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_DEADLY_CATALOG_H_
