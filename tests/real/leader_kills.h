// The drill `leader-kills`: kill -9 of the server that leads a replicated store
// under load, again and again, half of the time of others at once, or of all;
// each starts again with what its folder keeps, one after the other.
//
//   Finding finding = RunLeaderKills({.program = kv, .folder = folder,
//                                     .rounds = 100});

#ifndef TESTS_REAL_LEADER_KILLS_H_
#define TESTS_REAL_LEADER_KILLS_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// No write that was acknowledged may be lost, nor any be executed twice:
// property "linearizability". Requires a storage that outlives the servers.
// What each keeps must stay short, too (property "log-size").
Finding RunLeaderKills(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_LEADER_KILLS_H_
