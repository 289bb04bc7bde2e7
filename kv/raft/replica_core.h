// The inside of a Replica (replica.h): a Consensus and what it asks of its
// host.
//
// Two tasks serve it: one makes durable what was saved, one waits for the next
// deadline. Whatever happens is told to the Consensus in one go, which never
// suspends; afterwards Settle wakes whom it concerns.
//
// Invariants: committed_ <= saved_. outbox_ holds what leaves when more than
// committed_ is durable, in that order.

#ifndef REPRISE_KV_RAFT_REPLICA_CORE_H_
#define REPRISE_KV_RAFT_REPLICA_CORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/durable_state.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/state_machine.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/raft/waiters.h"
#include "reprise/kv/raft/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/offered.h"

namespace reprise::kv::raft {

class ReplicaCore final : private Host {
 public:
  ReplicaCore(Env& env, StateMachine& machine, ReplicaOptions options);

  // As those of Replica.
  absl::Status Start();
  absl::StatusOr<Bytes> Execute(Bytes command);
  absl::Status AwaitRead();
  absl::Status ChangeMembership(const Membership& wanted);
  absl::Status TransferLeadership(NodeId to);
  const Consensus& consensus() const { return *consensus_; }
  Version files_version() const { return durable_.version(); }

 private:
  // A message that waits for a commit.
  struct Outgoing {
    uint64_t saved = 0;  // Leaves when so much is committed.
    NodeId to;
    size_t kind = 0;
    Bytes bytes;
  };

  // Host.
  void SaveBallot(const Ballot& ballot) override;
  void SaveEntries(Index first, std::span<const Entry> entries) override;
  void SaveSnapshot(const Snapshot& snapshot, bool keeps_log) override;
  void Send(NodeId to, Message message, SendWhen when) override;
  void Apply(Index first, std::span<const Entry* const> entries) override;
  Bytes StateSnapshot() override;
  void OnReadReady(uint64_t read, bool is_ready) override;
  uint64_t Draw(uint64_t count) override;

  absl::StatusOr<StartState> Recover();
  DurableImage Image() const;
  void Receive(size_t kind, NodeId from, const Bytes& bytes);
  void KeepTime();
  void Persist();
  void CommitOnce();
  void SendWaiting();

  // To be called after each call of the Consensus that may change it.
  void Settle();
  void NoteRole();
  void NoteMembership();
  void UpgradeFiles(Version version);
  Version AllRead() const;
  VirtualTime Now() const { return env_.clock().Now(); }

  Env& env_;
  StateMachine& machine_;
  ReplicaOptions options_;
  DurableState durable_;
  PeerVersions versions_;
  std::optional<Consensus> consensus_;  // Once recovered.
  std::optional<Offered<Consensus>> offered_;

  // How often the Consensus has saved something, and how much of that is
  // durable.
  uint64_t saved_ = 0;
  uint64_t committed_ = 0;
  std::vector<Outgoing> outbox_;
  WaitQueue persist_wakes_;
  WaitQueue timer_wakes_;
  VirtualTime timer_until_;  // When the timer's task looks again.

  Waiters proposals_{"raft entry"};
  Waiters reads_{"raft read"};
  // Those that ended before anybody waited for them.
  struct EarlyRead {
    uint64_t read = 0;
    bool is_ready = false;
  };
  std::vector<EarlyRead> early_reads_;
  WaitQueue changes_;  // Those who wait for another role or membership.
  Index last_settled_change_ = 0;  // A membership that is not joint.

  // What was last seen of the Consensus.
  Role role_ = Role::kFollower;
  Term term_ = 0;
  std::optional<NodeId> leader_;
  Membership membership_;
  bool may_have_changed_members_ = false;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_REPLICA_CORE_H_
