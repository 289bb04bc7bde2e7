// Change of membership: [O] 4.1 to 4.3; and members that have lost what they
// had saved.
//
// Such a member says so in its replies. The leader makes it a learner, by a
// change that names the life in which it is since the loss (Recovery). When the
// member sees that this is committed, it counts again; when it has caught up,
// the leader makes it the voter that it was.

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {
namespace {

// How many entries a learner may lack to become a voter.
constexpr Index kCaughtUp = 64;

bool IsSet(const std::vector<NodeId>& nodes) {
  return std::adjacent_find(nodes.begin(), nodes.end(),
                            std::greater_equal<>()) == nodes.end();
}

void Insert(std::vector<NodeId>& nodes, NodeId node) {
  const auto place = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (place == nodes.end() || *place != node) nodes.insert(place, node);
}

const Recovery* FindRecovery(const Membership& membership, NodeId node) {
  for (const Recovery& recovery : membership.recovering) {
    if (recovery.node == node) return &recovery;
  }
  return nullptr;
}

void EraseRecovery(Membership& membership, NodeId node) {
  std::erase_if(membership.recovering, [node](const Recovery& recovery) {
    return recovery.node == node;
  });
}

Membership WithLearner(Membership membership, NodeId node, uint64_t life) {
  const Recovery* former = FindRecovery(membership, node);
  const bool was_voter =
      membership.IsVoter(node) || (former != nullptr && former->was_voter);
  std::erase(membership.voters, node);
  Insert(membership.learners, node);
  EraseRecovery(membership, node);
  const auto place = std::find_if(
      membership.recovering.begin(), membership.recovering.end(),
      [node](const Recovery& recovery) { return recovery.node > node; });
  membership.recovering.insert(place, {node, life, was_voter});
  return membership;
}

Membership WithVoter(Membership membership, NodeId node) {
  std::erase(membership.learners, node);
  Insert(membership.voters, node);
  EraseRecovery(membership, node);
  return membership;
}

}  // namespace

absl::StatusOr<Position> Consensus::ChangeMembership(const Membership& wanted,
                                                     VirtualTime now) {
  now_ = now;
  if (role_ != Role::kLeader) {
    return absl::FailedPreconditionError("this server does not lead");
  }
  if (lead_.transfer.has_value()) {
    return absl::UnavailableError("another server is about to lead");
  }
  if (!MayChangeMembership()) {
    return absl::FailedPreconditionError("another change is in progress");
  }
  const absl::Status status = CheckWanted(wanted);
  if (!status.ok()) return status;
  Membership next = wanted;
  for (const Recovery& recovery : membership_.recovering) {
    const bool is_learner = std::binary_search(
        wanted.learners.begin(), wanted.learners.end(), recovery.node);
    if (is_learner) next.recovering.push_back(recovery);
  }
  const Position place = AppendMembership(next);
  UpdateDeadline();
  return place;
}

absl::Status Consensus::CheckWanted(const Membership& wanted) const {
  if (wanted.voters.empty() || wanted.IsJoint() || !wanted.recovering.empty() ||
      !IsSet(wanted.voters) || !IsSet(wanted.learners)) {
    return absl::InvalidArgumentError(
        "a membership has voters, and lists its nodes in order, each once");
  }
  for (const NodeId learner : wanted.learners) {
    if (!wanted.IsVoter(learner)) continue;
    return absl::InvalidArgumentError("a node is both a voter and a learner");
  }
  for (const NodeId voter : wanted.voters) {
    if (membership_.IsVoter(voter) || voter == self_) continue;
    if (!HasCaughtUp(voter)) {
      return absl::FailedPreconditionError(
          "who is to vote has to catch up first, as a learner");
    }
  }
  return absl::OkStatus();
}

bool Consensus::HasCaughtUp(NodeId node) const {
  const Progress* learner = progress(node);
  return learner != nullptr && rules_.counts_reply(learner->is_amnesiac) &&
         learner->state == Progress::State::kStreaming &&
         learner->match + kCaughtUp > log_.last_index();
}

bool Consensus::MayChangeMembership() const {
  return rules_.may_change_membership(membership_, history_.last().index,
                                      commit_, log_.TermAt(commit_).value_or(0),
                                      ballot_.term);
}

Position Consensus::AppendMembership(const Membership& wanted) {
  const Membership next = rules_.next_membership(membership_, wanted);
  const Position place = AppendOwn({.term = ballot_.term,
                                    .kind = EntryKind::kMembership,
                                    .data = EncodeMembership(next)});
  Replicate();
  return place;
}

Membership Consensus::MembershipAt(Index index) const {
  return history_.At(index).membership;
}

void Consensus::NoteChange(Index index, const Entry& entry) {
  if (entry.kind != EntryKind::kMembership) return;
  absl::StatusOr<Membership> membership = DecodeMembership(entry.data);
  REPRISE_CHECK(membership.ok(), "entry ", index, " is no membership");
  history_.Add(index, *std::move(membership));
  UpdateMembership();
}

void Consensus::UpdateMembership() {
  const Index index =
      rules_.membership_in_force_at(history_.last().index, commit_);
  const Membership& in_force = history_.At(index).membership;
  if (membership_ == in_force) return;
  membership_ = in_force;
  if (role_ == Role::kLeader) MatchPeers();
}

void Consensus::MatchPeers() {
  std::vector<Peer> peers;
  for (const NodeId member : membership_.Members()) {
    if (member == self_) continue;
    const Peer* known = FindPeer(member);
    peers.push_back(known != nullptr ? *known
                                     : Peer{member,
                                            {.next = log_.last_index() + 1,
                                             .last_heard = now_}});
  }
  lead_.peers = std::move(peers);
  // What others have answered is no word of these members.
  lead_.lease_start.reset();
  ReleaseSnapshot();
  if (lead_.transfer.has_value() && !membership_.IsVoter(lead_.transfer->to)) {
    lead_.transfer.reset();
  }
}

void Consensus::TendMembership() {
  if (role_ != Role::kLeader) return;
  if (membership_.IsJoint()) {
    if (!rules_.may_leave_joint(history_.last().index, commit_)) return;
    Reached("raft.joint-left"_mark);
    AppendMembership(membership_);
    return;
  }
  const std::optional<Membership> wanted = WantedForRecovery();
  if (wanted.has_value() && MayChangeMembership()) AppendMembership(*wanted);
}

std::optional<Membership> Consensus::WantedForRecovery() const {
  for (const Peer& peer : lead_.peers) {
    if (!peer.progress.is_amnesiac) continue;
    const Recovery* known = FindRecovery(membership_, peer.node);
    const uint64_t life = peer.progress.life.value_or(0);
    if (known != nullptr && known->life == life) continue;
    return WithLearner(membership_, peer.node, life);
  }
  for (const Recovery& recovery : membership_.recovering) {
    if (!recovery.was_voter || !HasCaughtUp(recovery.node)) continue;
    const Progress& learner = *progress(recovery.node);
    if (learner.is_amnesiac || learner.life != recovery.life) continue;
    Reached("raft.voter-again"_mark);
    return WithVoter(membership_, recovery.node);
  }
  return std::nullopt;
}

void Consensus::EndAmnesia() {
  if (!ballot_.is_amnesiac ||
      !rules_.ends_amnesia(MembershipAt(commit_), self_, ballot_.life)) {
    return;
  }
  Reached("raft.rejoined-as-learner"_mark);
  ballot_.is_amnesiac = false;
  host_.SaveBallot(ballot_);
  if (observer_ != nullptr) observer_->OnRole(*this);
}

// A leader that is no voter any more has nothing left to do once that is
// committed ([O] 4.2.2). Who has most of the log follows at once.
void Consensus::LeaveIfRemoved() {
  if (role_ != Role::kLeader || membership_.IsVoter(self_) ||
      history_.last().index > commit_) {
    return;
  }
  Reached("raft.removed-leader-left"_mark);
  const Peer* best = nullptr;
  for (Peer& peer : lead_.peers) {
    SendHeartbeat(peer);
    if (!membership_.IsVoter(peer.node)) continue;
    if (best == nullptr || peer.progress.match > best->progress.match) {
      best = &peer;
    }
  }
  if (best != nullptr) {
    host_.Send(best->node, TimeoutNow{.term = ballot_.term}, SendWhen::kAtOnce);
  }
  ChangeRole(Role::kFollower, std::nullopt);
}

}  // namespace reprise::kv::raft
