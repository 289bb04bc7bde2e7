#include "reprise/kv/replicated_server.h"

#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/failed_answer.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/progress.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/session_table.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/text/text_view.h"

namespace reprise::kv {
namespace {

MakeSessions SessionsOf(const ReplicatedServerOptions& options) {
  if (options.make_sessions != nullptr) return options.make_sessions;
  return [most = options.sessions_max] {
    return std::make_unique<SessionTable>(most);
  };
}

Bytes Refusal(TextView reason) {
  return EncodeAnswer({.outcome = Outcome::kRefused, .content = reason});
}

}  // namespace

ReplicatedServer::ReplicatedServer(Env& env,
                                   const ReplicatedServerOptions& options)
    : env_(env),
      store_(SessionsOf(options)),
      replica_(env, store_, options.replica),
      servers_known_(options.servers_known) {}

absl::Status ReplicatedServer::Run() {
  const absl::Status status = replica_.Start();
  if (!status.ok()) return status;
  is_serving_ = true;
  Network& network = env_.network();
  network.Serve(kStoreMethod, [this](NodeId, Bytes message) {
    return HandleRequest(std::move(message));
  });
  network.Serve(kOpenMethod,
                [this](NodeId, const Bytes&) { return HandleOpen(); });
  network.Serve(kAdminMethod, [this](NodeId, const Bytes& message) {
    return HandleAdmin(message);
  });
  env_.tasks().WaitUntilStopped();
  return absl::OkStatus();
}

Bytes ReplicatedServer::HandleRequest(Bytes message) {
  const absl::StatusOr<Request> request = DecodeRequest(message);
  if (!request.ok()) return Refusal(request.status().message());
  if (request->kind == RequestKind::kGet) return Read(*request);
  return Execute(std::move(message));
}

Bytes ReplicatedServer::HandleOpen() { return Execute(Bytes(kOpenSession)); }

Bytes ReplicatedServer::Execute(Bytes command) {
  return AnswerOf(replica_.consensus(), replica_.Execute(std::move(command)));
}

Bytes ReplicatedServer::Read(const Request& request) {
  const absl::Status status = replica_.AwaitRead();
  if (!status.ok()) return FailedAnswer(replica_.consensus(), status);
  return ToAnswer(store_.Read(request), Outcome::kDone);
}

Bytes ReplicatedServer::HandleAdmin(const Bytes& message) {
  const absl::StatusOr<AdminRequest> request = DecodeAdminRequest(message);
  if (!request.ok()) return Refusal(request.status().message());
  absl::Status status;
  switch (request->kind) {
    case AdminKind::kStatus:
      return ToAnswer(EncodeServerStatus(Status()), Outcome::kDone);
    case AdminKind::kChangeMembership:
      status = replica_.ChangeMembership(request->membership);
      break;
    case AdminKind::kTransferLeadership:
      status = replica_.TransferLeadership(request->node);
      break;
    case AdminKind::kChangeMembershipFrom:
      status = ChangeMembershipFrom(*request);
      break;
  }
  return status.ok() ? EncodeAnswer({})
                     : FailedAnswer(replica_.consensus(), status);
}

absl::Status ReplicatedServer::ChangeMembershipFrom(
    const AdminRequest& request) {
  if (replica_.consensus().membership() != request.before) {
    return absl::FailedPreconditionError("the members are others by now");
  }
  const absl::Status status = replica_.ChangeMembership(request.membership);
  return absl::IsInvalidArgument(status)
             ? absl::FailedPreconditionError(status.message())
             : status;
}

ServerStatus ReplicatedServer::Status() const {
  const raft::Consensus& server = replica_.consensus();
  ServerStatus status = {.role = server.role(),
                         .term = server.term(),
                         .leader = server.leader(),
                         .commit = server.commit(),
                         .applied = server.applied(),
                         .last = server.log().last_index(),
                         .has_lost_data = server.IsAmnesiac(),
                         .files_version = replica_.files_version(),
                         .servers_known = servers_known_,
                         .membership = server.membership()};
  if (server.role() != raft::Role::kLeader) return status;
  status.may_change = server.MayChangeMembership();
  const VirtualTime now = env_.clock().Now();
  for (const NodeId node : server.membership().Members()) {
    const raft::Progress* const other = server.progress(node);
    if (other == nullptr) continue;
    status.followers.push_back(
        {.node = node,
         .match = other->match,
         .is_heard =
             other->life.has_value() &&
             now - other->last_heard < server.options().election_timeout,
         .has_caught_up = server.HasCaughtUp(node)});
  }
  return status;
}

}  // namespace reprise::kv
