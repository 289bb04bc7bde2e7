// The words of Raft: terms, indices, entries and what a server keeps of them.

#ifndef REPRISE_KV_RAFT_TYPES_H_
#define REPRISE_KV_RAFT_TYPES_H_

#include <cstdint>
#include <optional>

#include "reprise/kv/raft/membership.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

// Numbered from 1; 0: before the first one.
using Term = uint64_t;
using Index = uint64_t;

enum class Role : uint8_t {
  kFollower,      // Also a learner.
  kPreCandidate,  // Asks whether it could win an election.
  kCandidate,
  kLeader,
};

enum class EntryKind : uint8_t {
  kNoOp,        // The first of a leader's term.
  kCommand,     // For the state machine.
  kMembership,  // `data` is EncodeMembership's.
};

struct Entry {
  Term term = 0;
  EntryKind kind = EntryKind::kNoOp;
  Bytes data = {};

  friend bool operator==(const Entry&, const Entry&) = default;
};

// The place of an entry in the log.
struct Position {
  Index index = 0;
  Term term = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

// What a server must never forget: figure 2, "persistent state", but the log.
struct Ballot {
  Term term = 0;
  std::optional<NodeId> vote = {};  // Whom it voted for in this term.

  friend bool operator==(const Ballot&, const Ballot&) = default;
};

// The state machine after the entry at `last`, and whom the log up to there
// makes a member.
struct Snapshot {
  Position last = {};
  Membership membership = {};
  Bytes state = {};
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TYPES_H_
