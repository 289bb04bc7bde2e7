// LogRecord: the log of one server as a chain of hashes, so that two logs are
// compared at an index, and with it all that comes before, in O(1).
//
//   LogRecord a;
//   a.Append(entry);
//   a.HashAt(1) == b.HashAt(1);  // They are equal up to index 1.

#ifndef TESTS_SCENARIOS_RAFT_LOG_RECORD_H_
#define TESTS_SCENARIOS_RAFT_LOG_RECORD_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "reprise/kv/raft/types.h"

namespace reprise {

// Where an entry stands and what it follows.
struct LogLink {
  kv::raft::Term term = 0;
  uint64_t hash = 0;  // Of the entry and all before it.

  friend bool operator==(const LogLink&, const LogLink&) = default;
};

// That of `entry` behind `previous`; {} is before the first one.
LogLink Follow(const LogLink& previous, const kv::raft::Entry& entry);

class LogRecord {
 public:
  // An empty log.
  LogRecord() : links_(1) {}

  // The last index that is not in the log, but known: 0, or a snapshot's.
  kv::raft::Index first() const { return first_; }
  kv::raft::Index last() const { return first_ + links_.size() - 1; }
  // None: it is not there.
  std::optional<LogLink> At(kv::raft::Index index) const;

  // Returns what it becomes.
  LogLink Append(const kv::raft::Entry& entry);
  // Drops the entry at `index` and all behind it. Requires index > first().
  void TruncateFrom(kv::raft::Index index);
  // Drops all; it goes on behind the entry at `index`.
  void Reset(kv::raft::Index index, const LogLink& link);

 private:
  kv::raft::Index first_ = 0;
  std::vector<LogLink> links_;  // The one at first_, and those behind it.
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_LOG_RECORD_H_
