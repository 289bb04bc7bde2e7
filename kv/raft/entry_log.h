// EntryLog: the log in memory, from the snapshot on.
//
//   EntryLog log(snapshot.last);
//   log.Append(entry);
//   log.TermAt(log.last_index());

#ifndef REPRISE_KV_RAFT_ENTRY_LOG_H_
#define REPRISE_KV_RAFT_ENTRY_LOG_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "reprise/kv/raft/types.h"

namespace reprise::kv::raft {

class EntryLog {
 public:
  // An empty one, behind the entry at `start`.
  explicit EntryLog(Position start = {}) : start_(start) {}

  // The last entry that is not here: that of the snapshot, or before the first.
  Position start() const { return start_; }
  Index last_index() const { return start_.index + entries_.size(); }
  Position last() const { return {last_index(), *TermAt(last_index())}; }
  // None: it is not known any more, or not there yet.
  std::optional<Term> TermAt(Index index) const;
  bool Has(Position position) const;
  // Requires start().index < index <= last_index().
  const Entry& At(Index index) const;
  // The last index up to `index` whose entry is of `term` or an earlier one;
  // none where it is not known any more. For the way back past a conflict.
  // Takes O(log of the length), because terms never fall along a log.
  std::optional<Index> LastOfTermAtMost(Term term, Index index) const;
  // Of the entries that are here.
  size_t bytes() const { return bytes_; }

  void Append(Entry entry);
  // Drops the entry at `index` and all behind it.
  void TruncateFrom(Index index);
  // Drops the entries up to `index`, which is at most last_index().
  void DropTo(Index index);
  // Drops all; it goes on behind `start`.
  void Reset(Position start);

 private:
  Position start_;
  std::deque<Entry> entries_;
  size_t bytes_ = 0;
};

// What an entry is counted as: its data, and so many bytes beside it.
inline constexpr size_t kEntryBytes = 32;
size_t BytesOf(const Entry& entry);

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_ENTRY_LOG_H_
