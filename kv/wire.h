// The messages between a clerk and its server, as bytes.
//
// A message begins with its value and ends with a footer of fixed size, so that
// a reply's buffer becomes the returned value by cutting off its end. Integers
// are little-endian.
//   request  value | key | client 8 | sequence 8 | key length 8 | tag 1
//   reply    value | sequence 8 | tag 1
//
// Guarantees: keys and values may hold any bytes and have any length; encoding
// allocates at most once; decoding copies nothing and refuses whatever an
// encoder would not have written.
//
//   Bytes message = EncodeRequest({.kind = RequestKind::kPut, .client = 7,
//                                  .sequence = 1, .key = "k", .value = "v"});
//   absl::StatusOr<Request> request = DecodeRequest(message);

#ifndef REPRISE_KV_WIRE_H_
#define REPRISE_KV_WIRE_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {

// The one method that a server serves; the message tells what is asked for.
inline constexpr std::string_view kMethod = "kv";

enum class RequestKind : uint8_t { kGet = 1, kPut = 2, kAppend = 3 };

struct Request {
  RequestKind kind = RequestKind::kGet;
  uint64_t client = 0;
  uint64_t sequence = 0;  // 1, 2, 3 ... for each client.
  std::string_view key = "";
  std::string_view value = "";  // Empty for a Get.
};

struct Reply {
  RequestKind kind = RequestKind::kGet;  // Of the request it answers.
  uint64_t sequence = 0;                 // Of the request it answers.
  // The value read, or an Append's old value; empty for a Put.
  std::string_view value = "";
};

// What is decoded refers to `message`. Errors: InvalidArgument, saying what is
// wrong with the message.
Bytes EncodeRequest(const Request& request);
absl::StatusOr<Request> DecodeRequest(std::string_view message);

Bytes EncodeReply(const Reply& reply);
absl::StatusOr<Reply> DecodeReply(std::string_view message);

// The value of a reply, in the reply's own buffer. Requires that DecodeReply
// accepts `message`.
Bytes TakeValue(Bytes&& message);

}  // namespace reprise::kv

#endif  // REPRISE_KV_WIRE_H_
