#include "tests/lock_service/lock_wire.h"

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/encoding.h"

namespace reprise::locks {

using kv::AppendString;
using kv::AppendWord;
using kv::Decoder;

Bytes EncodeCommand(const LockCommand& command) {
  Bytes bytes;
  AppendWord(bytes, static_cast<uint64_t>(command.function));
  AppendWord(bytes, command.session);
  AppendWord(bytes, command.number);
  AppendString(bytes, command.lock);
  AppendWord(bytes, command.token);
  AppendWord(bytes, static_cast<uint64_t>(command.duration.nanoseconds()));
  AppendWord(bytes, static_cast<uint64_t>(command.time.nanoseconds()));
  return bytes;
}

absl::StatusOr<LockCommand> DecodeCommand(std::string_view bytes) {
  Decoder decoder(bytes);
  LockCommand command;
  const uint64_t function = decoder.Word();
  command.function = static_cast<LockFunction>(function);
  command.session = decoder.Word();
  command.number = decoder.Word();
  command.lock = decoder.String();
  command.token = decoder.Word();
  const uint64_t duration = decoder.Word();
  const uint64_t time = decoder.Word();
  const bool is_known =
      function >= static_cast<uint64_t>(LockFunction::kAcquire) &&
      function <= static_cast<uint64_t>(LockFunction::kRelease);
  if (!decoder.IsOk() || !decoder.IsAtEnd() || !is_known ||
      duration > INT64_MAX || time > INT64_MAX) {
    return absl::InvalidArgumentError("request for a lock is malformed");
  }
  command.duration = Nanoseconds(static_cast<int64_t>(duration));
  command.time = VirtualTime::Nanoseconds(static_cast<int64_t>(time));
  return command;
}

Bytes EncodeReply(const LockReply& reply) {
  Bytes bytes;
  AppendWord(bytes, reply.is_granted ? 1 : 0);
  AppendWord(bytes, reply.token);
  AppendWord(bytes, reply.holder);
  AppendWord(bytes, static_cast<uint64_t>(reply.wait.nanoseconds()));
  return bytes;
}

absl::StatusOr<LockReply> DecodeReply(std::string_view bytes) {
  Decoder decoder(bytes);
  const uint64_t is_granted = decoder.Word();
  LockReply reply = {.is_granted = is_granted == 1,
                     .token = decoder.Word(),
                     .holder = decoder.Word()};
  const uint64_t wait = decoder.Word();
  if (!decoder.IsOk() || !decoder.IsAtEnd() || is_granted > 1 ||
      wait > INT64_MAX) {
    return absl::InvalidArgumentError("reply of a lock server is malformed");
  }
  reply.wait = Nanoseconds(static_cast<int64_t>(wait));
  return reply;
}

}  // namespace reprise::locks
