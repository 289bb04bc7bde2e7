// Planted bugs around the server's handler.

#ifndef TESTS_SCENARIOS_BUGS_HANDLERS_H_
#define TESTS_SCENARIOS_BUGS_HANDLERS_H_

#include "reprise/sim/env/env.h"

namespace reprise {

// Each is the program of a server.
void CachedReplyIsCurrentValue(Env& env);
void GetFromStaleCache(Env& env);
void LostAppendUnderConcurrency(Env& env);
void EmptyValueNotStored(Env& env);
void KeyTruncatedAtZeroByte(Env& env);
void AppendsFlushedInReverse(Env& env);
void LocksTakenInBothOrders(Env& env);
void TaskLeftBehind(Env& env);
void StaleEntryLeak(Env& env);
void GetCopiesValueOften(Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_HANDLERS_H_
