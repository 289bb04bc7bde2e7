// FailedAnswer: what a server of a replicated state machine answers a client
// where its replica could not do what was asked for.
//
//   absl::StatusOr<Bytes> answer = replica.Execute(command);
//   if (!answer.ok()) {
//     return FailedAnswer(replica.consensus(), answer.status());
//   }

#ifndef REPRISE_KV_FAILED_ANSWER_H_
#define REPRISE_KV_FAILED_ANSWER_H_

#include "absl/status/status.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {

// An encoded Answer (replicated_wire.h) that says who leads, as far as `server`
// knows. `status` is an error of a function of raft::Replica.
Bytes FailedAnswer(const raft::Consensus& server, const absl::Status& status);

}  // namespace reprise::kv

#endif  // REPRISE_KV_FAILED_ANSWER_H_
