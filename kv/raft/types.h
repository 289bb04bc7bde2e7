// The words of Raft: terms, indices, entries and what a server keeps of them.

#ifndef REPRISE_KV_RAFT_TYPES_H_
#define REPRISE_KV_RAFT_TYPES_H_

#include <cstdint>
#include <optional>
#include <vector>

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
  // 0; when what the server had saved is lost, it draws another number.
  uint64_t life = 0;
  // It has lost what it had saved, and is not yet known to be no voter (see
  // Rules::counts_reply).
  bool is_amnesiac = false;

  friend bool operator==(const Ballot&, const Ballot&) = default;
};

// How far a server had saved at some time, for Consensus::OnDurable.
struct SavePoint {
  Term term = 0;       // Of the ballot.
  Position last = {};  // Of the log.

  friend bool operator==(const SavePoint&, const SavePoint&) = default;
};

// The state machine after the entry at `last`, and whom the log up to there
// makes a member.
struct Snapshot {
  Position last = {};
  Membership membership = {};
  Bytes state = {};
};

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

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TYPES_H_
