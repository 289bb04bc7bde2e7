// Replica: a server of a replicated state machine, as a part of one node's
// program. It runs a Consensus on an Env: messages, timers, and a journal
// (kv/storage/journal.h) that makes term, vote and log durable.
//
//   Replica replica(env, machine, {.first_members = {a, b, c}});
//   absl::Status status = replica.Start();  // Recovers, and takes part.
//   absl::StatusOr<Bytes> reply = replica.Execute(command);
//
// Guarantees: as Raft's. What Execute has answered is never lost while a
// majority of the disks keep what they synced, and comes before what is
// executed after it. A reply to another server leaves when what it tells is
// durable; servers that wait for one sync share it.
//
// A disk that has damaged what was durable: with `rejoins`, the server begins
// again without data, asks to be made a learner, and neither votes nor counts
// until it is one. Else Start fails with DataLoss. Where nothing but the last
// record of the journal is damaged, that passes for a write that a crash has
// torn (kv/storage/log.h), and what it had is forgotten without a word.

#ifndef REPRISE_KV_RAFT_REPLICA_H_
#define REPRISE_KV_RAFT_REPLICA_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/state_machine.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv::raft {

class ReplicaCore;

class Replica {
 public:
  // `machine` is new, and outlives it.
  Replica(Env& env, StateMachine& machine, ReplicaOptions options);
  ~Replica();
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  // Call once, before all else. Errors: DataLoss; those of the disk.
  absl::Status Start();

  // Suspends until the command is applied here, and returns what the state
  // machine answered. Errors: FailedPrecondition where this server does not
  // lead: nothing happened; Unavailable where it ceased to lead: the command
  // may take effect or not; ResourceExhausted; Cancelled.
  absl::StatusOr<Bytes> Execute(Bytes command);
  // Suspends until the state machine here has all that was executed before the
  // call, wherever. Errors: as Execute; nothing happens in any case.
  absl::Status AwaitRead();
  // Suspends until the wanted membership is committed.
  absl::Status ChangeMembership(const Membership& wanted);
  // Suspends until this server does not lead any more, or an election timeout.
  absl::Status TransferLeadership(NodeId to);

  const Consensus& consensus() const;
  // Of what it writes to its disk.
  Version files_version() const;

 private:
  std::unique_ptr<ReplicaCore> core_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_REPLICA_H_
