#include "reprise/kv/raft/entry_log.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "reprise/sim/core/check.h"

namespace reprise::kv::raft {

size_t BytesOf(const Entry& entry) { return kEntryBytes + entry.data.size(); }

std::optional<Term> EntryLog::TermAt(Index index) const {
  if (index == start_.index) return start_.term;
  if (index < start_.index || index > last_index()) return std::nullopt;
  return At(index).term;
}

bool EntryLog::Has(Position position) const {
  return TermAt(position.index) == position.term;
}

const Entry& EntryLog::At(Index index) const {
  REPRISE_CHECK(index > start_.index && index <= last_index(), "entry ", index,
                " of a log from ", start_.index, " to ", last_index());
  return entries_[index - start_.index - 1];
}

std::optional<Index> EntryLog::LastOfTermAtMost(Term term, Index index) const {
  if (index < start_.index || start_.term > term) return std::nullopt;
  const auto end =
      entries_.begin() +
      static_cast<ptrdiff_t>(std::min(index, last_index()) - start_.index);
  const auto later = std::partition_point(
      entries_.begin(), end,
      [term](const Entry& entry) { return entry.term <= term; });
  return start_.index + static_cast<Index>(later - entries_.begin());
}

void EntryLog::Append(Entry entry) {
  bytes_ += BytesOf(entry);
  entries_.push_back(std::move(entry));
}

void EntryLog::TruncateFrom(Index index) {
  while (last_index() >= index && !entries_.empty()) {
    bytes_ -= BytesOf(entries_.back());
    entries_.pop_back();
  }
}

void EntryLog::DropTo(Index index) {
  while (start_.index < index && !entries_.empty()) {
    start_ = {start_.index + 1, entries_.front().term};
    bytes_ -= BytesOf(entries_.front());
    entries_.pop_front();
  }
}

void EntryLog::Reset(Position start) {
  start_ = start;
  entries_.clear();
  bytes_ = 0;
}

}  // namespace reprise::kv::raft
