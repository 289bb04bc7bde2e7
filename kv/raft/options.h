// What may be set of a Raft server.

#ifndef REPRISE_KV_RAFT_OPTIONS_H_
#define REPRISE_KV_RAFT_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

enum class ReadMode : uint8_t {
  kReadIndex,  // A majority confirms the leader (Ongaro 2014, section 6.4).
  kLease,      // So it has, not long ago (section 6.4.1).
};

struct Options {
  // A follower that hears no leader for so long, and up to as much more, drawn
  // at each start, stands for election.
  Duration election_timeout = Milliseconds(150);
  Duration heartbeat = Milliseconds(50);
  // How much faster or slower than true time a clock may run, in millionths.
  // The lease rests on it.
  uint32_t drift_ppm_max = 1000;
  ReadMode reads = ReadMode::kReadIndex;
  // Of one message; an entry that is larger travels alone.
  size_t append_bytes_max = 64 << 10;
  // Messages with entries on their way to one follower.
  size_t appends_in_flight_max = 8;
  size_t snapshot_piece_bytes = 64 << 10;
  // Applied entries beyond so many bytes are dropped from the log.
  size_t log_bytes_max = 1 << 20;
  // Entries that no majority has yet; then proposals are refused.
  size_t uncommitted_bytes_max = 4 << 20;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_OPTIONS_H_
