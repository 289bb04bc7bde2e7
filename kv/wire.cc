#include "reprise/kv/wire.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/encoding.h"

namespace reprise::kv {
namespace {

constexpr size_t kRequestFooter = 25;
constexpr size_t kReplyFooter = 9;
// A reply's tag is its request's kind with this bit set.
constexpr uint8_t kReplyBit = 0x80;

bool IsKind(uint8_t tag) {
  return tag >= static_cast<uint8_t>(RequestKind::kGet) &&
         tag <= static_cast<uint8_t>(RequestKind::kAppend);
}

}  // namespace

Bytes EncodeRequest(const Request& request) {
  const size_t body = request.value.size() + request.key.size();
  Bytes message(body + kRequestFooter, '\0');
  request.value.copy(message.data(), request.value.size());
  request.key.copy(message.data() + request.value.size(), request.key.size());
  char* footer = message.data() + body;
  StoreWord(request.client, footer);
  StoreWord(request.sequence, footer + 8);
  StoreWord(request.key.size(), footer + 16);
  footer[24] = static_cast<char>(request.kind);
  return message;
}

absl::StatusOr<Request> DecodeRequest(std::string_view message) {
  if (message.size() < kRequestFooter) {
    return absl::InvalidArgumentError("request is shorter than its footer");
  }
  const size_t body = message.size() - kRequestFooter;
  const char* footer = message.data() + body;
  const uint64_t key_length = LoadWord(footer + 16);
  const uint8_t tag = static_cast<uint8_t>(footer[24]);
  if (!IsKind(tag)) {
    return absl::InvalidArgumentError("request is of no known kind");
  }
  if (key_length > body) {
    return absl::InvalidArgumentError("request is shorter than its key");
  }
  const size_t value_length = body - key_length;
  const auto kind = static_cast<RequestKind>(tag);
  if (kind == RequestKind::kGet && value_length != 0) {
    return absl::InvalidArgumentError("Get request holds a value");
  }
  return Request{.kind = kind,
                 .client = LoadWord(footer),
                 .sequence = LoadWord(footer + 8),
                 .key = message.substr(value_length, key_length),
                 .value = message.substr(0, value_length)};
}

Bytes EncodeReply(const Reply& reply) {
  Bytes message(reply.value.size() + kReplyFooter, '\0');
  reply.value.copy(message.data(), reply.value.size());
  char* footer = message.data() + reply.value.size();
  StoreWord(reply.sequence, footer);
  footer[8] = static_cast<char>(static_cast<uint8_t>(reply.kind) | kReplyBit);
  return message;
}

absl::StatusOr<Reply> DecodeReply(std::string_view message) {
  if (message.size() < kReplyFooter) {
    return absl::InvalidArgumentError("reply is shorter than its footer");
  }
  const size_t value_length = message.size() - kReplyFooter;
  const char* footer = message.data() + value_length;
  const uint8_t tag = static_cast<uint8_t>(footer[8]);
  if ((tag & kReplyBit) == 0 || !IsKind(tag & ~kReplyBit)) {
    return absl::InvalidArgumentError("reply is of no known kind");
  }
  const auto kind = static_cast<RequestKind>(tag & ~kReplyBit);
  if (kind == RequestKind::kPut && value_length != 0) {
    return absl::InvalidArgumentError("reply to a Put holds a value");
  }
  return Reply{.kind = kind,
               .sequence = LoadWord(footer),
               .value = message.substr(0, value_length)};
}

Bytes TakeValue(Bytes&& message) {
  message.resize(message.size() - kReplyFooter);
  return std::move(message);
}

}  // namespace reprise::kv
