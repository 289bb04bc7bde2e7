// The messages between clerks and the servers of a replicated store, as bytes,
// and what servers of other state machines share of them: answers, sessions.
//
// A request for a key is that of wire.h, whose client is the session; those
// that open a session are empty. A server answers each with an Answer, which
// begins with its content, so that the buffer becomes the content by cutting
// off its end. Integers are little-endian.
//   answer   content | leader + 1, or 0, 8 | outcome 1
//   admin    what it is about, if anything | kind 1
// An admin request is about a membership (kv/raft/membership.h); two, the first
// one behind its length, 8; or a node, 8.
//
// Guarantees: decoding refuses whatever an encoder would not have written.

#ifndef REPRISE_KV_REPLICATED_WIRE_H_
#define REPRISE_KV_REPLICATED_WIRE_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {

// A Get, Put or Append.
inline constexpr std::string_view kStoreMethod = "store";
// Opens a session; the content of the answer is its number, a word.
inline constexpr std::string_view kOpenMethod = "store.open";
// What an operator wants.
inline constexpr std::string_view kAdminMethod = "store.admin";

enum class Outcome : uint8_t {
  kDone = 1,
  // Nothing happened, nor will: ask another server.
  kNotLeader,
  // It may take effect or not: ask again.
  kUnknown,
  // Nothing happened, nor will: ask again later.
  kBusy,
  // It was not executed now and never will be; whether it was before, nobody
  // knows any more.
  kSessionExpired,
  // Nothing happened, and asking again is of no use; the content says why.
  kRefused,
};

struct Answer {
  Outcome outcome = Outcome::kDone;
  // Who leads, as far as the server knows.
  std::optional<NodeId> leader = {};
  std::string_view content = "";
};

// What is decoded refers to `message`. Errors: InvalidArgument.
Bytes EncodeAnswer(const Answer& answer);
absl::StatusOr<Answer> DecodeAnswer(std::string_view message);
// `content` becomes the content of an answer, in its own buffer.
Bytes ToAnswer(Bytes&& content, Outcome outcome,
               std::optional<NodeId> leader = {});
// The content of an answer, in its own buffer. Requires that DecodeAnswer
// accepts `message`.
Bytes TakeContent(Bytes&& message);
// The content of what a call has got, where that is the end of it. Errors: that
// of the call; InvalidArgument: it is no answer; Aborted: the session has
// expired, so that nobody knows whether what was asked for took effect;
// FailedPrecondition: it was refused.
absl::StatusOr<Bytes> ContentOf(absl::StatusOr<Bytes> message);

// The command of the log that opens a session.
inline constexpr std::string_view kOpenSession = "open";
// The answer to it: the number of the session that was opened.
Bytes SessionAnswer(uint64_t number);

enum class AdminKind : uint8_t {
  kChangeMembership = 1,  // To `membership`.
  kTransferLeadership,    // To `node`.
  // The content of the answer is a ServerStatus; each server answers.
  kStatus,
  // To `membership`, where `before` is in force; else nothing happens.
  kChangeMembershipFrom,
};

struct AdminRequest {
  AdminKind kind = AdminKind::kStatus;
  raft::Membership membership = {};
  NodeId node = {};
  raft::Membership before = {};
};

Bytes EncodeAdminRequest(const AdminRequest& request);
absl::StatusOr<AdminRequest> DecodeAdminRequest(std::string_view message);

}  // namespace reprise::kv

#endif  // REPRISE_KV_REPLICATED_WIRE_H_
