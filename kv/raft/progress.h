// Progress: what a leader knows of another member.

#ifndef REPRISE_KV_RAFT_PROGRESS_H_
#define REPRISE_KV_RAFT_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

struct Progress {
  enum class State : uint8_t {
    kProbing,     // One message at a time, to find where the logs agree.
    kStreaming,   // Messages follow one another; `next` runs ahead.
    kInstalling,  // It is being sent a snapshot.
  };

  State state = State::kProbing;
  Index match = 0;        // Up to here its log is as the leader's, and durable.
  Index next = 1;         // What it is sent next.
  size_t in_flight = 0;   // Messages with entries that are not answered.
  uint64_t answered = 0;  // The latest round that it answered.
  // The round in which it ceased to be streaming the last time.
  uint64_t went_back = 0;
  VirtualTime last_heard = {};
  VirtualTime last_sent = {};
  uint64_t snapshot_offset = 0;  // kInstalling: where its next piece begins.
  // Of its ballot, as its replies say; none: it has not replied.
  std::optional<uint64_t> life = {};
  bool is_amnesiac = false;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_PROGRESS_H_
