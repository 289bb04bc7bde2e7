// AnswerOf and FailedAnswer: what a server of a replicated state machine
// answers a client, also where its replica could not do what was asked for.
//
//   return AnswerOf(replica.consensus(), replica.Execute(command));
//
//   absl::Status status = replica.AwaitRead();
//   if (!status.ok()) return FailedAnswer(replica.consensus(), status);

#ifndef REPRISE_KV_FAILED_ANSWER_H_
#define REPRISE_KV_FAILED_ANSWER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {

// An encoded Answer (replicated_wire.h) that says who leads, as far as `server`
// knows. `status` is an error of a function of raft::Replica.
Bytes FailedAnswer(const raft::Consensus& server, const absl::Status& status);

// `answer` of raft::Replica::Execute, or else the failed one.
Bytes AnswerOf(const raft::Consensus& server, absl::StatusOr<Bytes> answer);

}  // namespace reprise::kv

#endif  // REPRISE_KV_FAILED_ANSWER_H_
