// Consensus: one server of Raft, as a state machine that is told what happens
// and tells its Host what to do. It knows no keys, no network, no disk and no
// tasks; each function takes the time of the server's clock.
//
// Elections with pre-vote and check-quorum, replication in batches and
// pipelined, fast back-off, snapshots in pieces, change of membership by single
// servers and jointly with learners, transfer of leadership, and reads by
// ReadIndex or lease. All that is safe or not is decided by Rules (rules.h).
//
//   Consensus server(self, options, rules, host, state, now);
//   server.Receive(from, message, now);
//   if (now >= server.deadline()) server.Tick(now);
//   absl::StatusOr<Position> entry = server.Propose("command", now);
//
// Guarantees: the same calls give the same calls of Host. Messages may be lost,
// late, doubled and out of order. Entries that are committed reach Host::Apply
// in order, each once; a server that starts again applies those behind its
// snapshot again.

#ifndef REPRISE_KV_RAFT_CONSENSUS_H_
#define REPRISE_KV_RAFT_CONSENSUS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/leadership.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/membership_history.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/observer.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/progress.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

class Consensus {
 public:
  // `host` and `observer` must outlive it; `observer` may be null. They are
  // called from here on.
  Consensus(NodeId self, const Options& options, const Rules& rules, Host& host,
            StartState state, VirtualTime now, Observer* observer = nullptr);
  Consensus(const Consensus&) = delete;
  Consensus& operator=(const Consensus&) = delete;

  // What happens.
  void Receive(NodeId from, Message message, VirtualTime now);
  // Tick is to be called when the clock has reached it; after any other call it
  // may be another one.
  VirtualTime deadline() const { return deadline_; }
  void Tick(VirtualTime now);
  // What was saved so far, for a host that is about to make it durable.
  SavePoint save_point() const { return {ballot_.term, log_.last()}; }
  // All that was saved at that point is durable. Points come in their order.
  void OnDurable(const SavePoint& point, VirtualTime now);

  // What is wanted. Errors: FailedPrecondition where this server does not lead
  // (leader() may know who does); ResourceExhausted where too much waits for a
  // majority; Unavailable while a transfer is in progress.
  // The place of the new entry: the command is in the log for good when Apply
  // has it with this term.
  absl::StatusOr<Position> Propose(Bytes command, VirtualTime now);
  // Goes to the wanted membership, by a joint one where need be; the second
  // half follows by itself. A learner becomes a voter only when it has caught
  // up: FailedPrecondition before. Also: FailedPrecondition while another
  // change is in progress.
  absl::StatusOr<Position> ChangeMembership(const Membership& wanted,
                                            VirtualTime now);
  // A number for Host::OnReadReady, which may be called before this returns.
  // The read sees all that was committed before this call.
  absl::StatusOr<uint64_t> Read(VirtualTime now);
  // Lets `to`, a voter, win an election: it is brought up to date and told to
  // stand. Given up after an election timeout.
  absl::Status TransferLeadership(NodeId to, VirtualTime now);

  // What it is.
  NodeId self() const { return self_; }
  Role role() const { return role_; }
  Term term() const { return ballot_.term; }
  const Ballot& ballot() const { return ballot_; }
  // Who leads this term, as far as it knows.
  std::optional<NodeId> leader() const { return leader_; }
  const EntryLog& log() const { return log_; }
  Index commit() const { return commit_; }
  Index applied() const { return applied_; }
  Position durable() const { return durable_; }
  // That in force.
  const Membership& membership() const { return membership_; }
  bool IsAmnesiac() const { return ballot_.is_amnesiac; }
  // Whether it may answer reads by itself now.
  bool HasLease(VirtualTime now) const;
  // What it knows of another member; null where it does not lead, or of none.
  const Progress* progress(NodeId member) const;
  // Of a leader: whether a learner lacks so little that it may become a voter.
  bool HasCaughtUp(NodeId node) const;
  // Of a leader: whether the last change is committed, so that another one may
  // begin.
  bool MayChangeMembership() const;
  const Options& options() const { return options_; }

  // The membership as of the entry at `index`, which is at least
  // log().start().index: for a snapshot of the state machine there.
  Membership MembershipAt(Index index) const;

 private:
  // consensus.cc: terms and roles, and what is committed.
  void EnterTerm(Term term, std::optional<NodeId> vote = {});
  void ChangeRole(Role role, std::optional<NodeId> leader);
  // A message of the leader of this term, or a later one, has come.
  void FollowLeader(NodeId leader, Term term);
  void StopLeading();
  void AdvanceCommit(Index commit);
  void ApplyCommitted();
  void DropApplied();
  void UpdateDeadline();

  // election.cc
  bool CanStand() const;
  void RestartElectionTimer();
  void AskForVotes(const RequestVote& request, SendWhen when);
  void StartPreVote();
  void StartElection(bool is_transfer);
  bool HasPromised() const;
  bool WouldGrant(NodeId candidate, const RequestVote& request) const;
  void Handle(NodeId from, RequestVote& request);
  void Handle(NodeId from, RequestVoteReply& reply);
  void CountVotes();
  void BecomeLeader();

  // transfer.cc
  void TendTransfer(const Peer& peer);
  void GiveUpTransferInTime();
  void Handle(NodeId from, TimeoutNow& request);

  // replication.cc: what a leader does.
  Peer* FindPeer(NodeId node);
  Position AppendOwn(Entry entry);
  void Replicate();
  void SendEntries(Peer& peer);
  void SendHeartbeat(Peer& peer);
  void SendAppend(NodeId to, Position previous, std::vector<Entry> entries);
  void Handle(NodeId from, AppendEntriesReply& reply);
  // What each reply of a member tells. Null: it is not to be heard.
  Peer* HearReply(NodeId from, Term term, uint64_t round, uint64_t life,
                  bool is_amnesiac);
  void GoBack(Peer& peer, const AppendEntriesReply& reply);
  void CommitByQuorum();

  // following.cc: what a follower does.
  void Handle(NodeId from, AppendEntries& append);
  void RefuseAppend(NodeId to, const AppendEntries& append);
  void TakeAppend(NodeId from, AppendEntries& append);
  void TakeEarly(NodeId from);
  // Whether any of them is new.
  bool TakeEntries(AppendEntries& append);
  void TruncateFrom(Index index);
  void ReplyToAppend(NodeId to, AppendEntriesReply reply, SendWhen when);

  // snapshots.cc
  void StartInstalling(Peer& peer);
  void SendPiece(Peer& peer);
  void TendInstalling(Peer& peer);
  void ReleaseSnapshot();
  void Handle(NodeId from, InstallSnapshot& piece);
  void Handle(NodeId from, InstallSnapshotReply& reply);
  void ReplyToPiece(NodeId to, const InstallSnapshot& piece, bool is_installed);
  void Install(const InstallSnapshot& piece);

  // reads.cc: rounds, which reads and the lease rest on.
  void NumberRound();
  // Asks all members for a sign of life, or ceases to lead for want of them.
  void BeginRound();
  bool HearsQuorum() const;
  void ConfirmRounds();
  void AnswerReads();
  bool KnowsCommit() const;

  // membership_change.cc
  void NoteChange(Index index, const Entry& entry);
  void UpdateMembership();
  void MatchPeers();
  absl::Status CheckWanted(const Membership& wanted) const;
  Position AppendMembership(const Membership& wanted);
  // Does what the leader does by itself: the second half of a joint change, and
  // members that lost their data.
  void TendMembership();
  std::optional<Membership> WantedForRecovery() const;
  void EndAmnesia();
  void LeaveIfRemoved();

  const NodeId self_;
  const Options options_;
  const Rules rules_;
  Host& host_;
  Observer* const observer_;

  VirtualTime now_;  // Of the latest call.
  VirtualTime deadline_;

  Ballot ballot_;
  EntryLog log_;
  Index commit_;
  Index applied_;
  Term durable_term_;
  Position durable_;
  MembershipHistory history_;
  Membership membership_;  // That of history_ that is in force.

  Role role_ = Role::kFollower;
  std::optional<NodeId> leader_;
  VirtualTime booted_;
  VirtualTime last_heard_;  // From a leader.
  Duration election_wait_;
  VirtualTime election_deadline_;

  // Of a candidate: who has granted its vote, by number, and whether it stands
  // because the leader let it.
  std::vector<NodeId> granted_;
  bool is_transfer_ = false;

  // Of a follower: what its leader sent, behind what is not there yet; whether
  // it has taken anything of that leader; and what is there of a snapshot.
  std::vector<AppendEntries> early_;
  bool logs_have_met_ = false;
  SnapshotPart part_;
  Bytes part_state_;

  Leadership lead_;  // Of a leader.
  uint64_t last_read_ = 0;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_CONSENSUS_H_
