// Planted bugs in what the server remembers of its clients.

#ifndef TESTS_SCENARIOS_BUGS_TABLES_H_
#define TESTS_SCENARIOS_BUGS_TABLES_H_

#include "reprise/sim/env/env.h"

namespace reprise {

// Each is the program of a server. These forget what they need,
void PutNotDeduplicated(Env& env);
void AppendNotDeduplicated(Env& env);
void StaleRequestExecuted(Env& env);
void ExpiryByWallClock(Env& env);

// and these keep what they do not need.
void DuplicateTableNeverFreed(Env& env);
void GetCreatesEntry(Env& env);
void PutKeepsOldValue(Env& env);
void AppendCachesTwice(Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_TABLES_H_
