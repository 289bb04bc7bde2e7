// Rules: what the safety of Raft rests on, one function a rule.
//
// The server asks them and has no such decision elsewhere. To see what a rule
// is for, replace it: a planted bug does nothing else.
//
//   Rules rules;
//   rules.may_commit = [](Term, Term) { return true; };  // Figure 8.
//
// [RO] Ongaro and Ousterhout, "In Search of an Understandable Consensus
// Algorithm", USENIX ATC 2014. [O] Ongaro, "Consensus: Bridging Theory and
// Practice", 2014.

#ifndef REPRISE_KV_RAFT_RULES_H_
#define REPRISE_KV_RAFT_RULES_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

// What a follower has of a snapshot that is being sent to it.
struct SnapshotPart {
  Term term = 0;  // Of the leader that sends it.
  Position last = {};
  uint64_t bytes = 0;
};

// The rules as they should be, by the names that they have in Rules.
namespace rule {

bool MayVote(const Ballot& ballot, NodeId candidate);
bool IsUpToDate(Position candidate, Position own);
bool HearsLeader(VirtualTime now, VirtualTime last_heard, const Options&);
bool MayVoteSinceBoot(VirtualTime now, VirtualTime booted, const Options&);
bool HasWon(const Membership&, absl::FunctionRef<bool(NodeId)> has_granted);
bool CountsOwnVote(Term durable, Term current);
bool CountsVote(const RequestVoteReply&, Role, Term current);
bool IsStale(Term message, Term own);
bool BeginsTerm(Term message, Term own);
Ballot BallotOfNewTerm(const Ballot& before, Term term);
bool IsMatching(const EntryLog&, Position previous);
bool IsConflict(const EntryLog&, Position entry);
Index FollowerCommit(Index leader_commit, Index last_new);
Index NextCommit(Index told, Index own);
Index Acknowledged(Index last_new, Index last);
Index NextMatch(Index match, const AppendEntriesReply&);
Index QuorumIndex(const Membership&,
                  absl::FunctionRef<Index(NodeId)> durable_on);
bool MayCommit(Term entry, Term current);
Index OwnDurable(Index last, Index durable);
bool CountsReply(bool is_amnesiac);
bool IsOfSameLife(std::optional<uint64_t> known, uint64_t told);
bool EndsAmnesia(const Membership& committed, NodeId self, uint64_t life);
bool MayRead(Term of_last_commit, Term current);
bool IsRoundConfirmed(const Membership&,
                      absl::FunctionRef<uint64_t(NodeId)> answered,
                      uint64_t round);
uint64_t RoundOfReply(Term message, Term own, uint64_t round);
Duration LeaseLength(const Options&);
bool MayKeepLease(bool has_let_go);
VirtualTime TransferEnd(VirtualTime now, const Options&);
bool MayChangeMembership(const Membership& current, Index last_change,
                         Index commit, Term of_last_commit, Term term);
bool MayLeaveJoint(Index last_change, Index commit);
Membership NextMembership(const Membership& current, const Membership& wanted);
Index MembershipInForceAt(Index last_change, Index commit);
Index ForgetsChangesFrom(Index truncated);
Membership MembershipOfSnapshot(const Membership& own, const Membership& its);
bool KeepsLogBehind(const EntryLog&, Position snapshot);
bool ContinuesSnapshot(const SnapshotPart& part, const InstallSnapshot& piece);
bool MayInstall(Position snapshot, Index commit);
Index MayDropTo(Index applied);

}  // namespace rule

struct Rules {
  // Elections.
  // One vote a term: none yet, or the same again ([RO] 5.2).
  bool (*may_vote)(const Ballot& ballot, NodeId candidate) = rule::MayVote;
  // Only for a log that ends in a later term, or in the same one and is at
  // least as long ([RO] 5.4.1).
  bool (*is_up_to_date)(Position candidate, Position own) = rule::IsUpToDate;
  // Who hears a leader ignores candidates, unless the leader itself wants an
  // election ([O] 4.2.3). Leases rest on it, too.
  bool (*hears_leader)(VirtualTime now, VirtualTime last_heard,
                       const Options& options) = rule::HearsLeader;
  // A server that has just started may have promised a lease before: it waits
  // as if it had heard a leader ([O] 6.4.1).
  bool (*may_vote_since_boot)(VirtualTime now, VirtualTime booted,
                              const Options& options) = rule::MayVoteSinceBoot;
  // A majority of the voters, in a joint membership of both sets ([RO] 5.2, [O]
  // 4.3).
  bool (*has_won)(const Membership& membership,
                  absl::FunctionRef<bool(NodeId)> has_granted) = rule::HasWon;
  // A candidate counts its own vote as others do: when it is durable, which it
  // is with that of its term ([RO] figure 2, "persistent state").
  bool (*counts_own_vote)(Term durable, Term current) = rule::CountsOwnVote;
  // A candidate counts what grants it the vote of its own term ([RO] 5.2), or
  // of the one that it asks about ([O] 9.6).
  bool (*counts_vote)(const RequestVoteReply& reply, Role role,
                      Term current) = rule::CountsVote;
  // What comes from an earlier term is refused, or not heard ([RO] 5.1).
  bool (*is_stale)(Term message, Term own) = rule::IsStale;
  // Only a later term is a new one: within its term a server never forgets for
  // whom it voted ([RO] 5.1, 5.2).
  bool (*begins_term)(Term message, Term own) = rule::BeginsTerm;
  // It is entered at once, without a vote in it ([RO] 5.1).
  Ballot (*ballot_of_new_term)(const Ballot& before,
                               Term term) = rule::BallotOfNewTerm;
  // A vote is told when it is durable ([RO] figure 2, "persistent state").
  SendWhen send_vote = SendWhen::kOnceDurable;

  // Replication.
  // Entries are taken only behind one that both logs have ([RO] 5.3).
  bool (*is_matching)(const EntryLog& log,
                      Position previous) = rule::IsMatching;
  // What a follower has is dropped only where it differs: the message may be an
  // old one ([RO] figure 2, AppendEntries 3).
  bool (*is_conflict)(const EntryLog& log, Position entry) = rule::IsConflict;
  // A follower commits no further than what this message shows to be as the
  // leader's ([RO] figure 2, AppendEntries 5).
  Index (*follower_commit)(Index leader_commit,
                           Index last_new) = rule::FollowerCommit;
  // What is committed stays so, whatever a late message says ([RO] figure 2,
  // "increases monotonically").
  Index (*next_commit)(Index told, Index own) = rule::NextCommit;
  // A follower says that its log is as the leader's as far as this message
  // shows it ([RO] figure 2, "matchIndex").
  Index (*acknowledged)(Index last_new, Index last) = rule::Acknowledged;
  // And the leader believes that, but nothing of a refusal ([RO] 5.3).
  Index (*next_match)(Index match,
                      const AppendEntriesReply& reply) = rule::NextMatch;
  // What a majority of the voters has, in a joint membership of both sets ([RO]
  // 5.3, [O] 4.3).
  Index (*quorum_index)(const Membership& membership,
                        absl::FunctionRef<Index(NodeId)> durable_on) =
      rule::QuorumIndex;
  // Only entries of the leader's own term are committed by counting; those
  // before them follow ([RO] 5.4.2).
  bool (*may_commit)(Term entry, Term current) = rule::MayCommit;
  // The leader counts itself as far as its own log is durable ([O] 10.2.1); and
  // so far does a follower say what it has where it does not wait.
  Index (*own_durable)(Index last, Index durable) = rule::OwnDurable;
  // A follower tells what it has when that is durable ([RO] figure 2).
  SendWhen send_append_reply = SendWhen::kOnceDurable;
  // Also where it has had it before: it may not be durable yet.
  SendWhen send_resent_reply = SendWhen::kOnceDurable;
  // A server that has lost its data is not counted, nor does it vote, until it
  // is a learner: it may have voted and have had entries that it knows nothing
  // of. Whoever wins without it knows what was committed with it.
  bool (*counts_reply)(bool is_amnesiac) = rule::CountsReply;
  // What it said before the loss is no word of what it has now.
  bool (*is_of_same_life)(std::optional<uint64_t> known,
                          uint64_t told) = rule::IsOfSameLife;
  // It is one when its log says so for this very loss: what it votes from then
  // on is that of a server that was added there.
  bool (*ends_amnesia)(const Membership& committed, NodeId self,
                       uint64_t life) = rule::EndsAmnesia;

  // Reads.
  // A leader knows what is committed once it has committed an entry of its own
  // term ([O] 6.4).
  bool (*may_read)(Term of_last_commit, Term current) = rule::MayRead;
  // After the read came, a majority has said that this server leads ([O] 6.4).
  bool (*is_round_confirmed)(const Membership& membership,
                             absl::FunctionRef<uint64_t(NodeId)> answered,
                             uint64_t round) = rule::IsRoundConfirmed;
  // What answers a message of an earlier term says nothing of this one, whose
  // rounds have the same numbers ([O] 6.4).
  uint64_t (*round_of_reply)(Term message, Term own,
                             uint64_t round) = rule::RoundOfReply;
  // From when a round was sent that a majority answered: the shortest election
  // timeout, by the fastest clock against the slowest ([O] 6.4.1).
  Duration (*lease_length)(const Options& options) = rule::LeaseLength;
  // A leader that lets another one win gives up its lease ([O] 6.4.1), and for
  // the rest of its term: who was told to stand may do so late.
  bool (*may_keep_lease)(bool has_let_go) = rule::MayKeepLease;
  // When it takes commands again, should nobody have won ([O] 3.10).
  VirtualTime (*transfer_end)(VirtualTime now,
                              const Options& options) = rule::TransferEnd;

  // Membership.
  // One change at a time, and none before the leader has committed an entry of
  // its term (Ongaro, "bug in single-server membership changes", raft-dev,
  // 2015).
  bool (*may_change_membership)(const Membership& current, Index last_change,
                                Index commit, Term of_last_commit,
                                Term term) = rule::MayChangeMembership;
  // The joint one is left when it is committed ([O] 4.3).
  bool (*may_leave_joint)(Index last_change,
                          Index commit) = rule::MayLeaveJoint;
  // From a joint one to its second half. Else straight to the wanted one where
  // at most one voter comes or goes, else by a joint one ([O] 4.1, 4.3).
  Membership (*next_membership)(const Membership& current,
                                const Membership& wanted) =
      rule::NextMembership;
  // The last change in the log is in force, committed or not ([O] 4.1).
  // `last_change` is its index; what is in force is the last change up to the
  // index returned.
  Index (*membership_in_force_at)(Index last_change,
                                  Index commit) = rule::MembershipInForceAt;
  // It goes with its entry ([O] 4.1).
  Index (*forgets_changes_from)(Index truncated) = rule::ForgetsChangesFrom;
  // And comes with a snapshot, in place of one's own ([RO] figure 13, 8).
  Membership (*membership_of_snapshot)(const Membership& own,
                                       const Membership& its) =
      rule::MembershipOfSnapshot;

  // Snapshots.
  // Where the log has the snapshot's last entry, what is behind it stays ([RO]
  // figure 13, 6).
  bool (*keeps_log_behind)(const EntryLog& log,
                           Position snapshot) = rule::KeepsLogBehind;
  // A piece belongs behind what is there of the same snapshot, by the same
  // leader ([RO] figure 13, 2 to 4).
  bool (*continues_snapshot)(const SnapshotPart& part,
                             const InstallSnapshot& piece) =
      rule::ContinuesSnapshot;
  // One that is behind what is committed here is of no use ([RO] figure 13, 5).
  bool (*may_install)(Position snapshot, Index commit) = rule::MayInstall;
  // Only applied entries may go from the log: the snapshot has them ([RO] 7).
  Index (*may_drop_to)(Index applied) = rule::MayDropTo;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_RULES_H_
