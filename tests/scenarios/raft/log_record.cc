#include "tests/scenarios/raft/log_record.h"

#include <cstdint>
#include <optional>

#include "reprise/sim/core/random.h"

namespace reprise {

using kv::raft::Entry;
using kv::raft::Index;

LogLink Follow(const LogLink& previous, const Entry& entry) {
  const uint64_t head = (entry.term << 8) | static_cast<uint64_t>(entry.kind);
  return {
      .term = entry.term,
      .hash = MixBits(MixBits(previous.hash + head) ^ HashName(entry.data))};
}

std::optional<LogLink> LogRecord::At(Index index) const {
  if (index < first_ || index > last()) return std::nullopt;
  return links_[index - first_];
}

LogLink LogRecord::Append(const Entry& entry) {
  links_.push_back(Follow(links_.back(), entry));
  return links_.back();
}

void LogRecord::TruncateFrom(Index index) { links_.resize(index - first_); }

void LogRecord::Reset(Index index, const LogLink& link) {
  first_ = index;
  links_.assign(1, link);
}

}  // namespace reprise
