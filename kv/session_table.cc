#include "reprise/kv/session_table.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"

namespace reprise::kv {

void SessionTable::ForEachUse(
    absl::FunctionRef<void(uint64_t, uint64_t)> visit) const {
  for (const auto& session : sessions_) {
    visit(session.number, session.last_used);
  }
}

Age SessionTable::AgeOf(const Request& request) const {
  const auto* const session = sessions_.Find(request.client);
  if (session == nullptr) return Age::kUnknown;
  if (request.sequence > session->sequence) return Age::kNew;
  return request.sequence == session->sequence ? Age::kRepeated : Age::kStale;
}

void SessionTable::Remember(const Request& request, OldValue old_value) {
  auto* const session = sessions_.Find(request.client);
  if (session == nullptr) return;
  session->sequence = request.sequence;
  session->answer = std::move(old_value);
}

std::string_view SessionTable::OldValueFor(const Request& request) const {
  const auto* const session = sessions_.Find(request.client);
  return session == nullptr ? std::string_view() : session->answer.value();
}

void SessionTable::ForEach(Visitor visit) const {
  for (const auto& session : sessions_) {
    visit(session.number, session.sequence, session.answer);
  }
}

void SessionTable::Restore(uint64_t client, uint64_t sequence,
                           OldValue old_value) {
  sessions_.Restore({.number = client,
                     .last_used = client,
                     .sequence = sequence,
                     .answer = std::move(old_value)});
}

}  // namespace reprise::kv
