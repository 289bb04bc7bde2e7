#include "reprise/kv/replicated_wire.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/encoding.h"

namespace reprise::kv {
namespace {

constexpr size_t kAnswerFooter = kWordBytes + 1;

// What an answer other than kDone means to the caller.
absl::Status ToError(const Answer& answer) {
  if (answer.outcome == Outcome::kSessionExpired) {
    return absl::AbortedError(
        "the session has expired, so that it is unknown whether the call took "
        "effect");
  }
  return absl::FailedPreconditionError(std::string(answer.content));
}

}  // namespace

Bytes ToAnswer(Bytes&& content, Outcome outcome, std::optional<NodeId> leader) {
  Bytes message = std::move(content);
  AppendWord(message,
             leader.has_value() ? uint64_t{leader->value()} + 1 : uint64_t{0});
  message.push_back(static_cast<char>(outcome));
  return message;
}

Bytes EncodeAnswer(const Answer& answer) {
  return ToAnswer(Bytes(answer.content), answer.outcome, answer.leader);
}

absl::StatusOr<Answer> DecodeAnswer(std::string_view message) {
  if (message.size() < kAnswerFooter) {
    return absl::InvalidArgumentError("answer is shorter than its footer");
  }
  const size_t length = message.size() - kAnswerFooter;
  const uint64_t leader = LoadWord(message.data() + length);
  const auto outcome = static_cast<uint8_t>(message.back());
  if (outcome < static_cast<uint8_t>(Outcome::kDone) ||
      outcome > static_cast<uint8_t>(Outcome::kRefused)) {
    return absl::InvalidArgumentError("answer has no known outcome");
  }
  if (leader > uint64_t{UINT32_MAX} + 1) {
    return absl::InvalidArgumentError("answer names no node as the leader");
  }
  Answer answer = {.outcome = static_cast<Outcome>(outcome),
                   .content = message.substr(0, length)};
  if (leader != 0) answer.leader = NodeId(static_cast<uint32_t>(leader - 1));
  return answer;
}

Bytes TakeContent(Bytes&& message) {
  message.resize(message.size() - kAnswerFooter);
  return std::move(message);
}

absl::StatusOr<Bytes> ContentOf(absl::StatusOr<Bytes> message) {
  if (!message.ok()) return message;
  const absl::StatusOr<Answer> answer = DecodeAnswer(*message);
  if (!answer.ok()) return answer.status();
  if (answer->outcome != Outcome::kDone) return ToError(*answer);
  return TakeContent(*std::move(message));
}

Bytes SessionAnswer(uint64_t number) {
  Bytes content;
  AppendWord(content, number);
  return ToAnswer(std::move(content), Outcome::kDone);
}

Bytes EncodeAdminRequest(const AdminRequest& request) {
  Bytes message;
  switch (request.kind) {
    case AdminKind::kChangeMembership:
      message = raft::EncodeMembership(request.membership);
      break;
    case AdminKind::kTransferLeadership:
      AppendWord(message, request.node.value());
      break;
    case AdminKind::kStatus:
      break;
    case AdminKind::kChangeMembershipFrom:
      AppendString(message, raft::EncodeMembership(request.before));
      message += raft::EncodeMembership(request.membership);
      break;
  }
  message.push_back(static_cast<char>(request.kind));
  return message;
}

absl::StatusOr<AdminRequest> DecodeAdminRequest(std::string_view message) {
  if (message.empty()) return absl::InvalidArgumentError("request is empty");
  AdminRequest request = {.kind = static_cast<AdminKind>(message.back())};
  message.remove_suffix(1);
  switch (request.kind) {
    case AdminKind::kChangeMembership: {
      absl::StatusOr<raft::Membership> membership =
          raft::DecodeMembership(message);
      if (!membership.ok()) return membership.status();
      request.membership = *std::move(membership);
      return request;
    }
    case AdminKind::kTransferLeadership:
      if (message.size() != kWordBytes || LoadWord(message.data()) > UINT32_MAX)
        break;
      request.node = NodeId(static_cast<uint32_t>(LoadWord(message.data())));
      return request;
    case AdminKind::kStatus:
      if (!message.empty()) break;
      return request;
    case AdminKind::kChangeMembershipFrom: {
      const std::string_view before = Decoder(message).String();
      message.remove_prefix(
          std::min(message.size(), kWordBytes + before.size()));
      absl::StatusOr<raft::Membership> from = raft::DecodeMembership(before);
      absl::StatusOr<raft::Membership> to = raft::DecodeMembership(message);
      if (!from.ok() || !to.ok()) break;
      request.before = *std::move(from);
      request.membership = *std::move(to);
      return request;
    }
  }
  return absl::InvalidArgumentError("request is malformed");
}

}  // namespace reprise::kv
