// Transfer of leadership: [O] 3.10.

#include "absl/status/status.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {

absl::Status Consensus::TransferLeadership(NodeId to, VirtualTime now) {
  now_ = now;
  if (role_ != Role::kLeader) {
    return absl::FailedPreconditionError("this server does not lead");
  }
  Peer* peer = FindPeer(to);
  if (peer == nullptr || !membership_.IsVoter(to)) {
    return absl::InvalidArgumentError("who is to lead is no other voter");
  }
  if (lead_.transfer.has_value()) {
    return absl::UnavailableError("another transfer is in progress");
  }
  lead_.transfer = {.to = to, .until = rules_.transfer_end(now_, options_)};
  TendTransfer(*peer);
  SendEntries(*peer);
  UpdateDeadline();
  return absl::OkStatus();
}

// Tells the one that is to lead to stand, once it has the whole log.
void Consensus::TendTransfer(const Peer& peer) {
  if (!lead_.transfer.has_value() || lead_.transfer->to != peer.node ||
      lead_.transfer->is_told || peer.progress.match < log_.last_index() ||
      !rules_.counts_reply(peer.progress.is_amnesiac)) {
    return;
  }
  lead_.transfer->is_told = true;
  lead_.has_let_go = true;
  host_.Send(peer.node, TimeoutNow{.term = ballot_.term}, SendWhen::kAtOnce);
}

void Consensus::GiveUpTransferInTime() {
  if (!lead_.transfer.has_value() || now_ < lead_.transfer->until) return;
  Reached("raft.transfer-given-up"_mark);
  lead_.transfer.reset();
}

void Consensus::Handle(NodeId from, TimeoutNow& request) {
  if (rules_.is_stale(request.term, ballot_.term)) return;
  FollowLeader(from, request.term);
  if (CanStand()) StartElection(true);
}

}  // namespace reprise::kv::raft
