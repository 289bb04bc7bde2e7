#include "tests/lock_service/guarded_register.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"

namespace reprise::locks {
namespace {

constexpr std::string_view kMethod = "register";

}  // namespace

void GuardedRegister::Run() {
  env_.network().Serve(kMethod, [this](NodeId, const Bytes& message) {
    return Handle(message);
  });
  env_.tasks().WaitUntilStopped();
}

// Request: lock, token, number, value. Reply: 1 where it was accepted, value.
Bytes GuardedRegister::Handle(const Bytes& message) {
  kv::Decoder decoder(message);
  Register& guarded = registers_[std::string(decoder.String())];
  const uint64_t token = decoder.Word();
  const uint64_t number = decoder.Word();
  const uint64_t value = decoder.Word();
  const bool is_accepted = rules_.admits(token, guarded.token);
  Sometimes(!is_accepted, "lock.register.stale-token-refused"_mark);
  if (is_accepted && token != guarded.token) {
    guarded.token = token;
    guarded.number = 0;
  }
  if (is_accepted && number > guarded.number) {
    guarded.number = number;
    guarded.value = value;
  }
  Bytes reply;
  kv::AppendWord(reply, is_accepted ? 1 : 0);
  kv::AppendWord(reply, guarded.value);
  return reply;
}

RegisterClient::Result RegisterClient::Ask(std::string_view lock,
                                           uint64_t token, uint64_t number,
                                           uint64_t value) {
  Bytes request;
  kv::AppendString(request, lock);
  kv::AppendWord(request, token);
  kv::AppendWord(request, number);
  kv::AppendWord(request, value);
  absl::StatusOr<Bytes> reply;
  do {
    reply =
        env_.network().Call(server_, kMethod, request, {.deadline = attempt_});
  } while (!reply.ok() && !absl::IsCancelled(reply.status()));
  if (!reply.ok()) return {};
  kv::Decoder decoder(*reply);
  const bool is_accepted = decoder.Word() == 1;
  return {.is_accepted = is_accepted, .value = decoder.Word()};
}

}  // namespace reprise::locks
