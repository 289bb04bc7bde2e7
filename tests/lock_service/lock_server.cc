#include "tests/lock_service/lock_server.h"

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/failed_answer.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mark.h"
#include "tests/lock_service/lock_wire.h"

namespace reprise::locks {

LockServer::LockServer(Env& env, const LockServerOptions& options)
    : env_(env),
      options_(options),
      table_(options.rules, options.sessions_max),
      replica_(env, *this, options.replica) {}

absl::Status LockServer::Run() {
  const absl::Status status = replica_.Start();
  if (!status.ok()) return status;
  env_.network().Serve(kLockMethod, [this](NodeId, const Bytes& message) {
    return HandleRequest(message);
  });
  env_.network().Serve(kOpenMethod, [this](NodeId, const Bytes&) {
    return Execute(Bytes(kv::kOpenSession));
  });
  env_.tasks().WaitUntilStopped();
  return absl::OkStatus();
}

Bytes LockServer::Apply(kv::raft::Index index, std::string_view command) {
  Bytes answer = table_.Apply(index, command);
  if (options_.on_applied != nullptr) options_.on_applied(index, table_);
  return answer;
}

Bytes LockServer::HandleRequest(const Bytes& message) {
  absl::StatusOr<LockCommand> command = DecodeCommand(message);
  if (!command.ok()) {
    return kv::EncodeAnswer({.outcome = kv::Outcome::kRefused});
  }
  const absl::Status status = BeginTerm();
  if (!status.ok()) return kv::FailedAnswer(replica_.consensus(), status);
  command->time =
      options_.rules.time_for(log_time_, own_time_, env_.clock().Now());
  return Execute(EncodeCommand(*command));
}

Bytes LockServer::Execute(Bytes command) {
  return kv::AnswerOf(replica_.consensus(),
                      replica_.Execute(std::move(command)));
}

// Where the last entry that is applied is of this term, all of the terms before
// are applied, too.
absl::Status LockServer::BeginTerm() {
  const kv::raft::Consensus& server = replica_.consensus();
  while (term_ != server.term()) {
    const absl::Status status = replica_.AwaitRead();
    if (!status.ok()) return status;
    if (server.log().TermAt(server.applied()) != server.term()) continue;
    if (term_ == server.term()) break;  // Another request was faster.
    Sometimes(table_.last_token() > 0, "lock.server.went-on-counting"_mark);
    term_ = server.term();
    log_time_ = table_.time();
    own_time_ = env_.clock().Now();
  }
  return absl::OkStatus();
}

}  // namespace reprise::locks
