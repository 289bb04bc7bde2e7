// Leadership: what a leader knows and has begun in its term. It is gone when
// the term is.

#ifndef REPRISE_KV_RAFT_LEADERSHIP_H_
#define REPRISE_KV_RAFT_LEADERSHIP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "reprise/kv/raft/progress.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

// Another member.
struct Peer {
  NodeId node = {};
  Progress progress = {};
};

// All members are asked for a sign of life, together.
struct Round {
  uint64_t number = 0;
  VirtualTime start = {};
};

struct WaitingRead {
  uint64_t number = 0;
  uint64_t round = 0;  // Which is to be confirmed by a majority.
};

struct Transfer {
  NodeId to = {};
  VirtualTime until = {};
  bool is_told = false;  // To stand for election.
};

struct Leadership {
  std::vector<Peer> peers = {};  // By number.
  VirtualTime heartbeat_at = {};
  size_t uncommitted_bytes = 0;           // In entries behind the commit.
  std::optional<Snapshot> snapshot = {};  // As long as it is sent to somebody.
  std::optional<Transfer> transfer = {};
  bool has_let_go = false;  // Somebody was told to stand in this term.

  uint64_t round = 0;              // The latest that was begun.
  uint64_t confirmed = 0;          // The latest that a majority answered.
  std::vector<Round> rounds = {};  // Begun, and not confirmed.
  // When the latest confirmed round began: the lease runs from there.
  std::optional<VirtualTime> lease_start = {};
  std::vector<WaitingRead> reads = {};  // Their rounds never fall.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_LEADERSHIP_H_
