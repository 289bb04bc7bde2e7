// The messages between clients and servers of the lock service, as bytes.
//
// What a client asks for is also what the log says, but for the time, which the
// server that leads puts in. A server answers by an Answer (kv/replicated_wire)
// whose content is a LockReply, or the number of a new session.
//
// Guarantees: decoding refuses whatever an encoder would not have written.

#ifndef TESTS_LOCK_SERVICE_LOCK_WIRE_H_
#define TESTS_LOCK_SERVICE_LOCK_WIRE_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::locks {

inline constexpr std::string_view kLockMethod = "lock";
// Opens a session; the request is empty.
inline constexpr std::string_view kOpenMethod = "lock.open";

enum class LockFunction : uint8_t { kAcquire = 1, kRenew, kRelease };

struct LockCommand {
  LockFunction function = LockFunction::kAcquire;
  uint64_t session = 0;
  uint64_t number = 0;  // Of the request in its session, from 1 on.
  std::string_view lock = "";
  uint64_t token = 0;      // Not of an Acquire.
  Duration duration = {};  // Not of a Release.
  VirtualTime time = {};   // Of the log; see lock_table.h.
};

struct LockReply {
  bool is_granted = false;
  // Of the lease that was granted, renewed or released, or of the one in the
  // way of an Acquire.
  uint64_t token = 0;
  // Of the one in the way: whose it is, and how much longer it may last.
  uint64_t holder = 0;
  Duration wait = {};
};

// What is decoded refers to `bytes`. Errors: InvalidArgument.
Bytes EncodeCommand(const LockCommand& command);
absl::StatusOr<LockCommand> DecodeCommand(std::string_view bytes);
Bytes EncodeReply(const LockReply& reply);
absl::StatusOr<LockReply> DecodeReply(std::string_view bytes);

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_LOCK_WIRE_H_
