#include "tests/lock_service/lock_client.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::locks {

Duration UsablePart(Duration duration, uint32_t drift_ppm_max) {
  constexpr int64_t kMillion = 1'000'000;
  const int64_t fastest = kMillion + drift_ppm_max;
  const int64_t slowest = kMillion - drift_ppm_max;
  const int64_t nanoseconds = duration.nanoseconds();
  return Nanoseconds(nanoseconds / fastest * slowest +
                     nanoseconds % fastest * slowest / fastest);
}

LockClient::LockClient(Env& env, std::vector<NodeId> servers,
                       const LockClientOptions& options)
    : env_(env),
      options_(options),
      leader_(env, std::move(servers), options.caller) {}

absl::StatusOr<LockReply> LockClient::Acquire(std::string_view lock,
                                              Duration duration) {
  const VirtualTime asked = env_.clock().Now();
  token_ = 0;
  end_ = {};
  lock_ = lock;
  absl::StatusOr<LockReply> reply = Ask({.function = LockFunction::kAcquire,
                                         .lock = lock_,
                                         .duration = duration});
  if (reply.ok() && reply->is_granted) {
    token_ = reply->token;
    CountLease(asked, duration);
    Sometimes(!IsHeld(), "lock.client.over-when-granted"_mark);
  }
  return reply;
}

absl::StatusOr<LockReply> LockClient::Renew(Duration duration) {
  const VirtualTime asked = env_.clock().Now();
  absl::StatusOr<LockReply> reply = Ask({.function = LockFunction::kRenew,
                                         .lock = lock_,
                                         .token = token_,
                                         .duration = duration});
  if (reply.ok() && reply->is_granted) CountLease(asked, duration);
  return reply;
}

// It ends here before it may end there.
absl::StatusOr<LockReply> LockClient::Release() {
  const uint64_t token = std::exchange(token_, 0);
  return Ask(
      {.function = LockFunction::kRelease, .lock = lock_, .token = token});
}

void LockClient::CountLease(VirtualTime asked, Duration duration) {
  const VirtualTime from =
      options_.rules.counts_from(asked, env_.clock().Now());
  end_ = std::max(end_, from + UsablePart(duration, options_.drift_ppm_max));
}

absl::StatusOr<LockReply> LockClient::Ask(LockCommand command) {
  if (session_ == 0) {
    const absl::Status status = OpenSession();
    if (!status.ok()) return status;
  }
  command.session = session_;
  command.number = ++number_;
  absl::StatusOr<Bytes> answer;
  while (true) {
    answer = leader_.Call(kLockMethod, EncodeCommand(command));
    if (!absl::IsDeadlineExceeded(answer.status())) break;
    number_ = options_.rules.number_again(number_);
    command.number = number_;
  }
  const absl::StatusOr<Bytes> content = kv::ContentOf(std::move(answer));
  if (content.ok()) return DecodeReply(*content);
  if (absl::IsAborted(content.status())) session_ = 0;
  return content.status();
}

absl::Status LockClient::OpenSession() {
  absl::StatusOr<Bytes> answer;
  do {
    answer = leader_.Call(kOpenMethod, Bytes());
  } while (absl::IsDeadlineExceeded(answer.status()));
  const absl::StatusOr<Bytes> content = kv::ContentOf(std::move(answer));
  if (!content.ok()) return content.status();
  session_ = kv::Decoder(*content).Word();
  return absl::OkStatus();
}

}  // namespace reprise::locks
