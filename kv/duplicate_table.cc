#include "reprise/kv/duplicate_table.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace reprise::kv {

Age LastRequestTable::AgeOf(const Request& request) const {
  const auto found = entries_.find(request.client);
  if (found == entries_.end()) return Age::kNew;
  if (request.sequence > found->second.sequence) return Age::kNew;
  return request.sequence == found->second.sequence ? Age::kRepeated
                                                    : Age::kStale;
}

void LastRequestTable::Remember(const Request& request, OldValue old_value) {
  if (request.kind == RequestKind::kGet) {
    const auto found = entries_.find(request.client);
    if (found == entries_.end()) return;
    found->second = {request.sequence, std::move(old_value)};
    return;
  }
  entries_[request.client] = {request.sequence, std::move(old_value)};
}

std::string_view LastRequestTable::OldValueFor(const Request& request) const {
  const auto found = entries_.find(request.client);
  return found == entries_.end() ? std::string_view()
                                 : found->second.old_value.value();
}

void LastRequestTable::ForEach(Visitor visit) const {
  for (const auto& [client, entry] : entries_) {
    visit(client, entry.sequence, entry.old_value);
  }
}

void LastRequestTable::Restore(uint64_t client, uint64_t sequence,
                               OldValue old_value) {
  entries_[client] = {sequence, std::move(old_value)};
}

}  // namespace reprise::kv
