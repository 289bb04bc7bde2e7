// RunRaft: a trial of the replicated store. Servers run through faults while
// clients and an operator work; then all must go on as soon as they are well
// again, and rest.
//
// Properties: those of properties.h while it runs, and
//   linearizability       of what the clients saw
//   nothing-lost, exactly-once
//                         of the items that were appended to one key
//   recovery              a server always recovers
//   liveness              the work is done soon after the faults have ended
//   no-election-in-calm   nobody begins a term from then on
//   bounded-log           also of the files on each disk
//   memory-bound          of each server, at every instant
//   no-retry-storm        messages and requests are limited, by the time and
//                         the operations
//
//   RunRaft(trial, setup);

#ifndef TESTS_SCENARIOS_RAFT_RAFT_RUN_H_
#define TESTS_SCENARIOS_RAFT_RAFT_RUN_H_

#include "reprise/sim/explore/trial/trial.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

void RunRaft(Trial& trial, const RaftSetup& setup);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RAFT_RUN_H_
