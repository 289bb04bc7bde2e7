// Snapshots for members that lack what is no longer in the log: [RO] 7, figure
// 13. A piece follows the answer to the one before; what got lost goes on where
// it stood, as long as the same leader sends it.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {

void Consensus::StartInstalling(Peer& peer) {
  Progress& progress = peer.progress;
  // A copy of the whole state is not made for one who does not answer.
  const bool is_there = progress.life.has_value() &&
                        now_ - progress.last_heard < options_.election_timeout;
  if (!is_there) return;
  std::optional<Snapshot>& snapshot = lead_.snapshot;
  if (!snapshot.has_value() || snapshot->last.index < log_.start().index) {
    snapshot = {.last = {applied_, log_.TermAt(applied_).value_or(0)},
                .membership = MembershipAt(applied_),
                .state = host_.StateSnapshot()};
  }
  progress.state = Progress::State::kInstalling;
  progress.in_flight = 0;
  progress.snapshot_offset = 0;
  SendPiece(peer);
}

void Consensus::SendPiece(Peer& peer) {
  Progress& progress = peer.progress;
  const Snapshot& snapshot = *lead_.snapshot;
  const uint64_t offset =
      std::min<uint64_t>(progress.snapshot_offset, snapshot.state.size());
  Bytes piece = snapshot.state.substr(offset, options_.snapshot_piece_bytes);
  const bool is_last = offset + piece.size() == snapshot.state.size();
  progress.last_sent = now_;
  host_.Send(peer.node,
             InstallSnapshot{.term = ballot_.term,
                             .last = snapshot.last,
                             .membership = snapshot.membership,
                             .offset = offset,
                             .is_last_piece = is_last,
                             .piece = std::move(piece),
                             .round = lead_.round},
             SendWhen::kAtOnce);
}

void Consensus::TendInstalling(Peer& peer) {
  Progress& progress = peer.progress;
  if (progress.state != Progress::State::kInstalling) return;
  if (progress.match >= log_.start().index) {
    progress.state = Progress::State::kStreaming;
    progress.next = progress.match + 1;
    ReleaseSnapshot();
  } else if (progress.match >= lead_.snapshot->last.index ||
             now_ - progress.last_heard >= options_.election_timeout) {
    // By now it needs a later one; or it does not answer.
    progress.state = Progress::State::kProbing;
    ReleaseSnapshot();
  } else if (now_ - progress.last_sent >= options_.heartbeat) {
    SendPiece(peer);
  }
}

void Consensus::ReleaseSnapshot() {
  const bool is_used =
      std::any_of(lead_.peers.begin(), lead_.peers.end(), [](const Peer& peer) {
        return peer.progress.state == Progress::State::kInstalling;
      });
  if (!is_used) lead_.snapshot.reset();
}

void Consensus::Handle(NodeId from, InstallSnapshotReply& reply) {
  Peer* peer =
      HearReply(from, reply.term, reply.round, reply.life, reply.is_amnesiac);
  if (peer == nullptr) return;
  Progress& progress = peer->progress;
  if (reply.is_installed) {
    progress.match = std::max(progress.match, reply.last_index);
    progress.next = std::max(progress.next, progress.match + 1);
    TendInstalling(*peer);
    SendEntries(*peer);
    CommitByQuorum();
    TendMembership();
    return;
  }
  if (progress.state != Progress::State::kInstalling ||
      reply.last_index != lead_.snapshot->last.index ||
      reply.bytes == progress.snapshot_offset) {
    return;
  }
  progress.snapshot_offset = reply.bytes;
  SendPiece(*peer);
}

void Consensus::Handle(NodeId from, InstallSnapshot& piece) {
  if (rules_.is_stale(piece.term, ballot_.term)) {
    ReplyToPiece(from, piece, false);
    return;
  }
  FollowLeader(from, piece.term);
  if (!rules_.may_install(piece.last, commit_)) {
    ReplyToPiece(from, piece, true);
    return;
  }
  const bool is_same = part_.term == piece.term && part_.last == piece.last;
  if (!is_same && !rules_.continues_snapshot(part_, piece)) {
    part_ = {.term = piece.term, .last = piece.last};
    part_state_.clear();
  }
  if (!rules_.continues_snapshot(part_, piece)) {
    Reached("raft.snapshot-resumed"_mark);
    ReplyToPiece(from, piece, false);
    return;
  }
  part_state_ += piece.piece;
  part_.bytes = part_state_.size();
  if (piece.is_last_piece) {
    Sometimes(piece.offset > 0, "raft.snapshot-in-pieces"_mark);
    Install(piece);
  }
  ReplyToPiece(from, piece, piece.is_last_piece);
}

void Consensus::ReplyToPiece(NodeId to, const InstallSnapshot& piece,
                             bool is_installed) {
  host_.Send(to,
             InstallSnapshotReply{.term = ballot_.term,
                                  .last_index = piece.last.index,
                                  .bytes = part_.bytes,
                                  .is_installed = is_installed,
                                  .round = rules_.round_of_reply(
                                      piece.term, ballot_.term, piece.round),
                                  .life = ballot_.life,
                                  .is_amnesiac = ballot_.is_amnesiac},
             is_installed ? rules_.send_append_reply : SendWhen::kAtOnce);
}

void Consensus::Install(const InstallSnapshot& piece) {
  const Snapshot snapshot = {.last = piece.last,
                             .membership = rules_.membership_of_snapshot(
                                 membership_, piece.membership),
                             .state = std::exchange(part_state_, {})};
  part_ = {};
  const bool keeps_log = rules_.keeps_log_behind(log_, piece.last);
  host_.SaveSnapshot(snapshot, keeps_log);
  if (keeps_log && piece.last.index <= log_.last_index()) {
    log_.DropTo(piece.last.index);
  } else {
    history_.ForgetFrom(piece.last.index + 1);
    log_.Reset(piece.last);
    durable_ = {};
  }
  history_.BeginAt(piece.last.index, snapshot.membership);
  commit_ = piece.last.index;
  applied_ = piece.last.index;
  UpdateMembership();
  EndAmnesia();
  if (observer_ != nullptr) {
    observer_->OnSnapshot(*this, snapshot);
    observer_->OnCommit(*this);
  }
}

}  // namespace reprise::kv::raft
