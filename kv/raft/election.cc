// Elections: [RO] 5.2 and 5.4.1, [O] 4.2.3 and 9.6; see rules.h.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {

// Also who is about to be no voter any more: until that is committed, it may be
// the only one whose log is long enough ([O] 4.2.2). What came before the last
// change is committed, whether this server knows it or has just started.
bool Consensus::CanStand() const {
  if (!rules_.counts_reply(ballot_.is_amnesiac)) return false;
  if (membership_.IsVoter(self_)) return true;
  const Index last = history_.last().index;
  return last > commit_ && history_.At(last - 1).membership.IsVoter(self_);
}

void Consensus::RestartElectionTimer() {
  const int64_t least = options_.election_timeout.nanoseconds();
  const uint64_t more = host_.Draw(static_cast<uint64_t>(least));
  election_wait_ = Nanoseconds(least + static_cast<int64_t>(more));
  election_deadline_ = now_ + election_wait_;
}

void Consensus::AskForVotes(const RequestVote& request, SendWhen when) {
  for (const NodeId member : membership_.Members()) {
    if (member == self_ || !membership_.IsVoter(member)) continue;
    host_.Send(member, request, when);
  }
  CountVotes();
}

void Consensus::StartPreVote() {
  ChangeRole(Role::kPreCandidate, std::nullopt);
  AskForVotes(
      {.term = ballot_.term + 1, .last = log_.last(), .is_pre_vote = true},
      SendWhen::kAtOnce);
}

void Consensus::StartElection(bool is_transfer) {
  EnterTerm(ballot_.term + 1, self_);
  ChangeRole(Role::kCandidate, std::nullopt);
  is_transfer_ = is_transfer;
  AskForVotes(
      {.term = ballot_.term, .last = log_.last(), .is_transfer = is_transfer},
      rules_.send_vote);
}

// Whether a leader may rely on it that this server votes for nobody.
bool Consensus::HasPromised() const {
  const VirtualTime last_heard = role_ == Role::kLeader ? now_ : last_heard_;
  return rules_.hears_leader(now_, last_heard, options_) ||
         !rules_.may_vote_since_boot(now_, booted_, options_);
}

bool Consensus::WouldGrant(NodeId candidate, const RequestVote& request) const {
  if (rules_.is_stale(request.term, ballot_.term)) return false;
  const Ballot ballot = request.term > ballot_.term
                            ? rules_.ballot_of_new_term(ballot_, request.term)
                            : ballot_;
  return rules_.counts_reply(ballot.is_amnesiac) &&
         rules_.may_vote(ballot, candidate) &&
         rules_.is_up_to_date(request.last, log_.last()) &&
         (request.is_transfer || !HasPromised());
}

void Consensus::Handle(NodeId from, RequestVote& request) {
  const bool is_granted = WouldGrant(from, request);
  if (request.is_pre_vote) {
    Sometimes(!is_granted, "raft.pre-vote-refused"_mark);
    host_.Send(
        from,
        RequestVoteReply{.term = is_granted ? request.term : ballot_.term,
                         .is_granted = is_granted,
                         .is_pre_vote = true},
        SendWhen::kAtOnce);
    return;
  }
  if (request.term > ballot_.term && (request.is_transfer || !HasPromised())) {
    EnterTerm(request.term, is_granted ? std::optional(from) : std::nullopt);
    ChangeRole(Role::kFollower, std::nullopt);
  } else if (is_granted && ballot_.vote != from) {
    ballot_.vote = from;
    host_.SaveBallot(ballot_);
  }
  if (is_granted) RestartElectionTimer();
  host_.Send(from,
             RequestVoteReply{.term = ballot_.term, .is_granted = is_granted},
             is_granted ? rules_.send_vote : SendWhen::kAtOnce);
}

void Consensus::Handle(NodeId from, RequestVoteReply& reply) {
  if (!rules_.counts_vote(reply, role_, ballot_.term)) {
    // A granted pre-vote has the term that was asked about.
    const bool is_of_later_term = reply.is_pre_vote && reply.is_granted;
    if (reply.term <= ballot_.term || is_of_later_term) return;
    EnterTerm(reply.term);
    ChangeRole(Role::kFollower, std::nullopt);
    return;
  }
  const auto place = std::lower_bound(granted_.begin(), granted_.end(), from);
  if (place == granted_.end() || *place != from) granted_.insert(place, from);
  CountVotes();
}

void Consensus::CountVotes() {
  const bool has_own = role_ == Role::kPreCandidate ||
                       rules_.counts_own_vote(durable_term_, ballot_.term);
  const bool has_won = rules_.has_won(membership_, [&](NodeId voter) {
    if (voter == self_) return has_own;
    return std::binary_search(granted_.begin(), granted_.end(), voter);
  });
  if (!has_won) return;
  if (role_ == Role::kPreCandidate) {
    StartElection(false);
  } else {
    BecomeLeader();
  }
}

void Consensus::BecomeLeader() {
  ChangeRole(Role::kLeader, self_);
  Sometimes(is_transfer_, "raft.transfer-done"_mark);
  for (Index i = commit_ + 1; i <= log_.last_index(); ++i) {
    lead_.uncommitted_bytes += BytesOf(log_.At(i));
  }
  MatchPeers();
  // What a term begins with: only an entry of its own tells a leader what is
  // committed ([RO] 8).
  AppendOwn({.term = ballot_.term, .kind = EntryKind::kNoOp});
  NumberRound();
  Replicate();
}

}  // namespace reprise::kv::raft
