// RunLocks: a trial of the lock service (tests/lock_service), which replicates
// its locks as the store replicates its keys. Clients crash, pause and are
// parted as servers are; each acquires a lock, and adds to the number that it
// guards, by the lock's token.
//
// Properties: those of properties.h, recovery, liveness, no-election-in-calm,
// bounded-log and memory-bound as of RunRaft, and
//   linearizability    of fenced leases (checker/models/fenced_lease.h): those
//                      of each lock, and the uses of each register
//   mutual-exclusion   no two of the clients that work believe that they hold
//                      a lock, at any instant of true time; the one that reads
//                      all at the end comes after them, and is left out
//   tokens-increase    along the log, on each server
//   replicas-agree     after an entry, all have the same leases
//   exactly-once       no client is kept out by a lease of its own
//   no-lost-update     each number is what was added to it
//
// Where the servers are not judged (setup.h), mutual-exclusion, tokens-increase
// and replicas-agree are not either: no client sees them.
//
//   RunLocks(trial, setup, {.lease = Milliseconds(300)});

#ifndef TESTS_SCENARIOS_RAFT_LOCK_RUN_H_
#define TESTS_SCENARIOS_RAFT_LOCK_RUN_H_

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

struct LockSetup {
  Duration lease = Milliseconds(300);
  int locks = 1;
};

void RunLocks(Trial& trial, const RaftSetup& setup, const LockSetup& locks);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_LOCK_RUN_H_
