#include "reprise/kv/raft/replica.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/replica_core.h"

namespace reprise::kv::raft {

Replica::Replica(Env& env, StateMachine& machine, ReplicaOptions options)
    : core_(std::make_unique<ReplicaCore>(env, machine, std::move(options))) {}

Replica::~Replica() = default;

absl::Status Replica::Start() { return core_->Start(); }

absl::StatusOr<Bytes> Replica::Execute(Bytes command) {
  return core_->Execute(std::move(command));
}

absl::Status Replica::AwaitRead() { return core_->AwaitRead(); }

absl::Status Replica::ChangeMembership(const Membership& wanted) {
  return core_->ChangeMembership(wanted);
}

absl::Status Replica::TransferLeadership(NodeId to) {
  return core_->TransferLeadership(to);
}

const Consensus& Replica::consensus() const { return core_->consensus(); }

Version Replica::files_version() const { return core_->files_version(); }

}  // namespace reprise::kv::raft
