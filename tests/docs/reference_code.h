// The code that docs/REFERENCE.md shows.

#ifndef TESTS_DOCS_REFERENCE_CODE_H_
#define TESTS_DOCS_REFERENCE_CODE_H_

#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {

FaultMix SlowLineToServer();
void ScriptFaults(World& world, NodeId server, NodeId client);

}  // namespace reprise

#endif  // TESTS_DOCS_REFERENCE_CODE_H_
