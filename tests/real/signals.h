// The drills that send signals which a process may survive or answer.
//
//   Finding finding = RunPauses({.program = kv, .folder = folder});

#ifndef TESTS_REAL_SIGNALS_H_
#define TESTS_REAL_SIGNALS_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// `calm`: no fault; each round is a second of load.
Finding RunCalm(const DrillOptions& options);

// `pauses`: SIGSTOP under load, and SIGCONT when deadlines have passed and
// requests were sent again.
Finding RunPauses(const DrillOptions& options);

// `ends`: SIGTERM under load; the server ends with status 0 within its grace,
// having answered what it had begun, and starts again. Requires a storage that
// outlives the server.
Finding RunEnds(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_SIGNALS_H_
