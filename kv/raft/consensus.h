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
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/observer.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/progress.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

// What a server knows when it starts.
struct StartState {
  Ballot ballot = {};
  // The position and the membership of the snapshot that the state machine has;
  // a new cluster: {} and its first members.
  Position snapshot = {};
  Membership membership = {};
  std::vector<Entry> entries = {};  // Behind the snapshot; all are durable.
  // Its data was lost, and has not been replaced before: it begins another life
  // and takes part as a learner (see Rules::counts_reply).
  bool is_amnesiac = false;
};

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
  const Options& options() const { return options_; }

  // The membership as of the entry at `index`, which is at least
  // log().start().index: for a snapshot of the state machine there.
  Membership MembershipAt(Index index) const;

 private:
  // To be designed by the body: elections in election.cc, replication in
  // replication.cc, reads in reads.cc, membership in membership_change.cc.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_CONSENSUS_H_
