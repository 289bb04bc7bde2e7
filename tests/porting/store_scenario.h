// The scenario in which docs/PORTING.md sweeps the server.

#ifndef TESTS_PORTING_STORE_SCENARIO_H_
#define TESTS_PORTING_STORE_SCENARIO_H_

#include "reprise/sim/explore/trial/scenario.h"

namespace porting {

reprise::Catalog StoreCatalog();

}  // namespace porting

#endif  // TESTS_PORTING_STORE_SCENARIO_H_
