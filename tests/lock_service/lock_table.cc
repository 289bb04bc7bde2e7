#include "tests/lock_service/lock_table.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"

namespace reprise::locks {

using kv::AppendString;
using kv::AppendWord;
using kv::Decoder;
using kv::Outcome;

LockTable::LockTable(LockRules rules, size_t sessions_max)
    : rules_(std::move(rules)), sessions_(sessions_max) {}

Bytes LockTable::Apply(kv::raft::Index index, std::string_view command) {
  if (command == kv::kOpenSession) {
    sessions_.Open(index);
    return kv::SessionAnswer(index);
  }
  const absl::StatusOr<LockCommand> asked = DecodeCommand(command);
  if (!asked.ok()) return kv::EncodeAnswer({.outcome = Outcome::kRefused});
  time_ = std::max(time_, rules_.time_of(asked->time));
  auto* const session = sessions_.Use(asked->session, index);
  if (session == nullptr || asked->number < session->sequence) {
    return kv::EncodeAnswer({.outcome = Outcome::kSessionExpired});
  }
  const bool is_new = asked->number > session->sequence;
  Sometimes(!is_new, "lock.table.answered-a-duplicate"_mark);
  if (is_new) {
    session->sequence = asked->number;
    session->answer = EncodeReply(Execute(*asked));
  }
  return kv::ToAnswer(Bytes(session->answer), Outcome::kDone);
}

LockReply LockTable::Execute(const LockCommand& command) {
  switch (command.function) {
    case LockFunction::kAcquire:
      return Acquire(command);
    case LockFunction::kRenew:
      return Renew(command);
    case LockFunction::kRelease:
      return Release(command);
  }
  return {};  // DecodeCommand knows no others.
}

LockReply LockTable::Acquire(const LockCommand& command) {
  const auto found = leases_.find(command.lock);
  if (found != leases_.end() && time_ < found->second.end) {
    const Lease& lease = found->second;
    return {.token = lease.token,
            .holder = lease.holder,
            .wait = lease.end - time_};
  }
  Sometimes(found != leases_.end(), "lock.table.passed-over-holder"_mark);
  leases_.insert_or_assign(std::string(command.lock),
                           Lease{.token = ++last_token_,
                                 .holder = command.session,
                                 .end = time_ + command.duration});
  return {.is_granted = true, .token = last_token_};
}

LockReply LockTable::Renew(const LockCommand& command) {
  const auto found = leases_.find(command.lock);
  const bool is_granted = found != leases_.end() &&
                          rules_.may_renew(command.token, found->second.token,
                                           time_, found->second.end);
  Sometimes(!is_granted, "lock.table.renewal-refused"_mark);
  if (!is_granted) return {};
  Lease& lease = found->second;
  lease.end = std::max(lease.end, time_ + command.duration);
  return {.is_granted = true, .token = command.token};
}

LockReply LockTable::Release(const LockCommand& command) {
  const auto found = leases_.find(command.lock);
  if (found == leases_.end() || found->second.token != command.token) return {};
  leases_.erase(found);
  return {.is_granted = true, .token = command.token};
}

uint64_t LockTable::LastHeldToken() const {
  uint64_t last = 0;
  for (const auto& [lock, lease] : leases_) last = std::max(last, lease.token);
  return last;
}

Bytes LockTable::Snapshot() const {
  Bytes bytes;
  AppendWord(bytes, static_cast<uint64_t>(time_.nanoseconds()));
  AppendWord(bytes, rules_.kept_token(last_token_, LastHeldToken()));
  AppendWord(bytes, leases_.size());
  for (const auto& [lock, lease] : leases_) {
    AppendString(bytes, lock);
    AppendWord(bytes, lease.token);
    AppendWord(bytes, lease.holder);
    AppendWord(bytes, static_cast<uint64_t>(lease.end.nanoseconds()));
  }
  for (const auto& session : sessions_) {
    AppendWord(bytes, session.number);
    AppendWord(bytes, session.last_used);
    AppendWord(bytes, session.sequence);
    AppendString(bytes, session.answer);
  }
  return bytes;
}

absl::Status LockTable::Restore(std::string_view snapshot) {
  Decoder decoder(snapshot);
  const auto time = [&decoder] {
    return VirtualTime::Nanoseconds(static_cast<int64_t>(decoder.Word()));
  };
  time_ = time();
  last_token_ = decoder.Word();
  leases_.clear();
  for (uint64_t left = decoder.Word(); left > 0 && decoder.IsOk(); --left) {
    Lease& lease = leases_[std::string(decoder.String())];
    lease.token = decoder.Word();
    lease.holder = decoder.Word();
    lease.end = time();
  }
  sessions_.Clear();
  while (decoder.IsOk() && !decoder.IsAtEnd()) {
    const uint64_t number = decoder.Word();
    const uint64_t last_used = decoder.Word();
    const uint64_t sequence = decoder.Word();
    sessions_.Restore({.number = number,
                       .last_used = last_used,
                       .sequence = sequence,
                       .answer = Bytes(decoder.String())});
  }
  if (decoder.IsOk()) return absl::OkStatus();
  return absl::InvalidArgumentError("the snapshot of the locks is malformed");
}

}  // namespace reprise::locks
