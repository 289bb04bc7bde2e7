#include "reprise/kv/failed_answer.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/text/text_view.h"

namespace reprise::kv {

Bytes FailedAnswer(const raft::Consensus& server, const absl::Status& status) {
  Outcome outcome = Outcome::kUnknown;
  if (absl::IsFailedPrecondition(status)) {
    if (server.role() == raft::Role::kLeader) {
      return EncodeAnswer({.outcome = Outcome::kRefused,
                           .content = TextView(status.message())});
    }
    outcome = Outcome::kNotLeader;
  } else if (absl::IsResourceExhausted(status)) {
    outcome = Outcome::kBusy;
  }
  return EncodeAnswer({.outcome = outcome, .leader = server.leader()});
}

Bytes AnswerOf(const raft::Consensus& server, absl::StatusOr<Bytes> answer) {
  return answer.ok() ? *std::move(answer)
                     : FailedAnswer(server, answer.status());
}

}  // namespace reprise::kv
