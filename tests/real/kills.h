// The drill `kills`: kill -9 under load, at instants that are drawn, also while
// the server is starting; each time it starts again on the same port and
// folder, and the clients go on.
//
//   Finding finding = RunKills({.program = kv, .folder = folder,
//                               .rounds = 100});

#ifndef TESTS_REAL_KILLS_H_
#define TESTS_REAL_KILLS_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// Requires a storage that outlives the server. What the server keeps must stay
// short, too (property "log-size").
Finding RunKills(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_KILLS_H_
