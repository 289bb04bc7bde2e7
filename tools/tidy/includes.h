// The arrows of the house: which folder may include which, and which folder
// may use which library.
//
//   sim/explore -> checker, sim/world -> sim/env, sim/trace -> sim/core
//   tools -> tests/scenarios -> kv, sim/explore, checker
//   kv -> sim/env -> sim/core's time, identifiers and synchronisation
//   all of them -> text
//
// Tests and benchmarks beside their source may also include GoogleTest, Google
// Benchmark and the folder's own test helpers.

#ifndef TOOLS_TIDY_INCLUDES_H_
#define TOOLS_TIDY_INCLUDES_H_

#include <string>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

void CheckIncludes(const Source& source, Findings& findings);

// The project's headers that a source includes, as paths from its root.
std::vector<std::string> ProjectIncludes(const Source& source);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_INCLUDES_H_
