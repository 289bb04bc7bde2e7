#include "reprise/kv/raft/rules.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace reprise::kv::raft::rule {
namespace {

constexpr int64_t kMillion = 1'000'000;

// How many voters come and go.
size_t DifferenceOf(const std::vector<NodeId>& a,
                    const std::vector<NodeId>& b) {
  std::vector<NodeId> difference;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                std::back_inserter(difference));
  return difference.size();
}

}  // namespace

bool MayVote(const Ballot& ballot, NodeId candidate) {
  return !ballot.vote.has_value() || *ballot.vote == candidate;
}

bool IsUpToDate(Position candidate, Position own) {
  if (candidate.term != own.term) return candidate.term > own.term;
  return candidate.index >= own.index;
}

bool HearsLeader(VirtualTime now, VirtualTime last_heard,
                 const Options& options) {
  return now - last_heard < options.election_timeout;
}

bool MayVoteSinceBoot(VirtualTime now, VirtualTime booted,
                      const Options& options) {
  return options.reads != ReadMode::kLease ||
         now - booted >= options.election_timeout;
}

bool HasWon(const Membership& membership,
            absl::FunctionRef<bool(NodeId)> has_granted) {
  return membership.HasMajority(has_granted);
}

bool CountsOwnVote(Term durable, Term current) { return durable >= current; }

bool CountsVote(const RequestVoteReply& reply, Role role, Term current) {
  if (!reply.is_granted) return false;
  return reply.is_pre_vote
             ? role == Role::kPreCandidate && reply.term == current + 1
             : role == Role::kCandidate && reply.term == current;
}

bool IsStale(Term message, Term own) { return message < own; }

bool BeginsTerm(Term message, Term own) { return message > own; }

Ballot BallotOfNewTerm(const Ballot& before, Term term) {
  return {.term = term,
          .vote = std::nullopt,
          .life = before.life,
          .is_amnesiac = before.is_amnesiac};
}

bool IsMatching(const EntryLog& log, Position previous) {
  // What a snapshot stands for is committed, hence as the leader's.
  return previous.index < log.start().index || log.Has(previous);
}

bool IsConflict(const EntryLog& log, Position entry) { return !log.Has(entry); }

Index FollowerCommit(Index leader_commit, Index last_new) {
  return std::min(leader_commit, last_new);
}

Index NextCommit(Index told, Index own) { return std::max(told, own); }

Index Acknowledged(Index last_new, Index /*last*/) { return last_new; }

Index NextMatch(Index match, const AppendEntriesReply& reply) {
  return reply.is_matching ? std::max(match, reply.index) : match;
}

Index QuorumIndex(const Membership& membership,
                  absl::FunctionRef<Index(NodeId)> durable_on) {
  return membership.ReachedByMajority(durable_on);
}

bool MayCommit(Term entry, Term current) { return entry == current; }

Index OwnDurable(Index last, Index durable) { return std::min(last, durable); }

bool CountsReply(bool is_amnesiac) { return !is_amnesiac; }

bool IsOfSameLife(std::optional<uint64_t> known, uint64_t told) {
  return !known.has_value() || *known == told;
}

bool EndsAmnesia(const Membership& committed, NodeId self, uint64_t life) {
  return !committed.IsVoter(self) &&
         std::any_of(committed.recovering.begin(), committed.recovering.end(),
                     [&](const Recovery& recovery) {
                       return recovery.node == self && recovery.life == life;
                     });
}

bool MayRead(Term of_last_commit, Term current) {
  return of_last_commit == current;
}

bool IsRoundConfirmed(const Membership& membership,
                      absl::FunctionRef<uint64_t(NodeId)> answered,
                      uint64_t round) {
  return membership.HasMajority(
      [&](NodeId voter) { return answered(voter) >= round; });
}

uint64_t RoundOfReply(Term message, Term own, uint64_t round) {
  return message == own ? round : 0;
}

Duration LeaseLength(const Options& options) {
  // A leader's clock that is too slow counts fewer nanoseconds than a
  // follower's that is too fast.
  return options.election_timeout * (kMillion - options.drift_ppm_max) /
         (kMillion + options.drift_ppm_max);
}

bool MayKeepLease(bool has_let_go) { return !has_let_go; }

VirtualTime TransferEnd(VirtualTime now, const Options& options) {
  return now + options.election_timeout;
}

bool MayChangeMembership(const Membership& current, Index last_change,
                         Index commit, Term of_last_commit, Term term) {
  return !current.IsJoint() && last_change <= commit && of_last_commit == term;
}

bool MayLeaveJoint(Index last_change, Index commit) {
  return last_change <= commit;
}

Membership NextMembership(const Membership& current, const Membership& wanted) {
  if (current.IsJoint()) {
    return {.voters = current.next_voters,
            .next_voters = {},
            .learners = current.learners,
            .recovering = current.recovering};
  }
  if (DifferenceOf(current.voters, wanted.voters) <= 1) {
    return {.voters = wanted.voters,
            .next_voters = {},
            .learners = wanted.learners,
            .recovering = wanted.recovering};
  }
  return {.voters = current.voters,
          .next_voters = wanted.voters,
          .learners = wanted.learners,
          .recovering = wanted.recovering};
}

Index MembershipInForceAt(Index last_change, Index /*commit*/) {
  return last_change;
}

Index ForgetsChangesFrom(Index truncated) { return truncated; }

Membership MembershipOfSnapshot(const Membership& /*own*/,
                                const Membership& its) {
  return its;
}

bool KeepsLogBehind(const EntryLog& log, Position snapshot) {
  return log.Has(snapshot);
}

bool ContinuesSnapshot(const SnapshotPart& part, const InstallSnapshot& piece) {
  return piece.offset == part.bytes && piece.last == part.last &&
         piece.term == part.term;
}

bool MayInstall(Position snapshot, Index commit) {
  return snapshot.index > commit;
}

Index MayDropTo(Index applied) { return applied; }

}  // namespace reprise::kv::raft::rule
