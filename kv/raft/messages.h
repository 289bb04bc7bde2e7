// The messages between servers: the calls of the papers, and their replies,
// each a one-way message.
//
// Sources: Ongaro and Ousterhout, "In Search of an Understandable Consensus
// Algorithm", USENIX ATC 2014, figures 2 and 13; Ongaro, "Consensus: Bridging
// Theory and Practice", 2014, sections 3.10 (transfer), 6.4 (reads) and 9.6
// (pre-vote).

#ifndef REPRISE_KV_RAFT_MESSAGES_H_
#define REPRISE_KV_RAFT_MESSAGES_H_

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "reprise/kv/raft/types.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

struct RequestVote {
  Term term = 0;  // That it stands for, also where it only asks.
  Position last = {};
  bool is_pre_vote = false;  // It only asks, and has not begun the term.
  bool is_transfer = false;  // The leader wants it to win.
};

struct RequestVoteReply {
  Term term = 0;  // Of who answers; of a granted pre-vote, the one asked for.
  bool is_granted = false;
  bool is_pre_vote = false;
};

struct AppendEntries {
  Term term = 0;
  Position previous = {};           // Of the entry before the first.
  std::vector<Entry> entries = {};  // None: a heartbeat.
  Index commit = 0;
  // Counts the times that the leader asked for a sign of life; the reply has it
  // again. Reads and the lease rest on it.
  uint64_t round = 0;
};

struct AppendEntriesReply {
  Term term = 0;
  bool is_matching = false;
  // Matching: the last index that is known to be as the leader's, and durable.
  // Else where the leader should go on: an index at which both logs may agree.
  Index index = 0;
  // Else, too: the term of its own entry there; 0: not told. The leader goes
  // back further, to where its own term is no later.
  Term conflict_term = 0;
  uint64_t round = 0;
  uint64_t life = 0;  // Of its ballot.
  // Its data was lost: what it says is not to be counted.
  bool is_amnesiac = false;
};

// A piece of a snapshot.
struct InstallSnapshot {
  Term term = 0;
  Position last = {};
  Membership membership = {};
  uint64_t offset = 0;
  bool is_last_piece = false;
  Bytes piece = {};
  uint64_t round = 0;
};

struct InstallSnapshotReply {
  Term term = 0;
  Index last_index = 0;  // Of the snapshot.
  // How many bytes it has of the snapshot; the next piece begins there.
  uint64_t bytes = 0;
  bool is_installed = false;
  uint64_t round = 0;
  uint64_t life = 0;
  bool is_amnesiac = false;
};

// The leader wants the receiver to stand for election at once.
struct TimeoutNow {
  Term term = 0;
};

using Message = std::variant<RequestVote, RequestVoteReply, AppendEntries,
                             AppendEntriesReply, InstallSnapshot,
                             InstallSnapshotReply, TimeoutNow>;

Term TermOf(const Message& message);

// The method that carries a message of this kind, such as "raft.append".
std::string_view MethodOf(const Message& message);
// Of all kinds, in the order of Message.
inline constexpr std::string_view kMethods[] = {
    "raft.vote",         "raft.vote-reply", "raft.append",
    "raft.append-reply", "raft.snapshot",   "raft.snapshot-reply",
    "raft.timeout-now"};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_MESSAGES_H_
