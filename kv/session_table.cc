#include "reprise/kv/session_table.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {

void SessionTable::Open(uint64_t index) {
  if (sessions_.size() >= sessions_max_) ExpireOne();
  sessions_.push_back({.number = index, .last_used = index});
}

void SessionTable::ExpireOne() {
  Reached("kv.session.expired"_mark);
  sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(),
                                   [](const Session& a, const Session& b) {
                                     return a.last_used < b.last_used;
                                   }));
}

void SessionTable::Use(uint64_t session, uint64_t index) {
  Session* const found = Find(session);
  if (found != nullptr) found->last_used = index;
}

void SessionTable::ForEachUse(
    absl::FunctionRef<void(uint64_t, uint64_t)> visit) const {
  for (const Session& session : sessions_) {
    visit(session.number, session.last_used);
  }
}

Age SessionTable::AgeOf(const Request& request) const {
  const Session* const session = Find(request.client);
  if (session == nullptr) return Age::kUnknown;
  if (request.sequence > session->sequence) return Age::kNew;
  return request.sequence == session->sequence ? Age::kRepeated : Age::kStale;
}

void SessionTable::Remember(const Request& request, OldValue old_value) {
  Session* const session = Find(request.client);
  if (session == nullptr) return;
  session->sequence = request.sequence;
  session->old_value = std::move(old_value);
}

std::string_view SessionTable::OldValueFor(const Request& request) const {
  const Session* const session = Find(request.client);
  return session == nullptr ? std::string_view() : session->old_value.value();
}

void SessionTable::ForEach(Visitor visit) const {
  for (const Session& session : sessions_) {
    visit(session.number, session.sequence, session.old_value);
  }
}

void SessionTable::Restore(uint64_t client, uint64_t sequence,
                           OldValue old_value) {
  sessions_.push_back({.number = client,
                       .last_used = client,
                       .sequence = sequence,
                       .old_value = std::move(old_value)});
}

const SessionTable::Session* SessionTable::Find(uint64_t number) const {
  const auto found = std::lower_bound(
      sessions_.begin(), sessions_.end(), number,
      [](const Session& session, uint64_t n) { return session.number < n; });
  return found == sessions_.end() || found->number != number ? nullptr
                                                             : &*found;
}

SessionTable::Session* SessionTable::Find(uint64_t number) {
  return const_cast<Session*>(std::as_const(*this).Find(number));
}

}  // namespace reprise::kv
