// Host: what a Consensus asks of the server around it.
//
// None of the functions may suspend or call the Consensus back.

#ifndef REPRISE_KV_RAFT_HOST_H_
#define REPRISE_KV_RAFT_HOST_H_

#include <cstdint>
#include <span>

#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {

enum class SendWhen : uint8_t {
  kAtOnce,
  // When all that was saved before is durable: what the message says must not
  // be forgotten.
  kOnceDurable,
};

class Host {
 public:
  virtual ~Host() = default;

  // What is saved becomes durable in this order. When it is, the host calls
  // Consensus::OnDurable; soon, whatever is saved: a candidate may wait for it.
  virtual void SaveBallot(const Ballot& ballot) = 0;
  // The log from `first` on is these entries; what stood there before is gone.
  virtual void SaveEntries(Index first, std::span<const Entry> entries) = 0;
  // The log is to begin behind the snapshot, whose state becomes that of the
  // state machine. What the log has behind it stays where `keeps_log`.
  virtual void SaveSnapshot(const Snapshot& snapshot, bool keeps_log) = 0;

  virtual void Send(NodeId to, Message message, SendWhen when) = 0;

  // The entries from `first` on are committed. The state machine takes those of
  // commands, in this order.
  virtual void Apply(Index first, std::span<const Entry* const> entries) = 0;
  // The state machine after the last entry that was applied.
  virtual Bytes StateSnapshot() = 0;
  // The read of this number may be answered from the state machine. Not: this
  // server does not lead any more.
  virtual void OnReadReady(uint64_t read, bool is_ready) = 0;

  // Uniform in 0..count-1.
  virtual uint64_t Draw(uint64_t count) = 0;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_HOST_H_
