#include "reprise/kv/describe_replicated.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/describe.h"
#include "reprise/kv/raft/describe.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv {
namespace {

using raft::kMethods;

std::string Unknown(std::string_view message) {
  return absl::StrCat(message.size(), " unknown bytes");
}

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
      return "done";
    case Outcome::kNotLeader:
      return "does not lead";
    case Outcome::kUnknown:
      return "unknown";
    case Outcome::kBusy:
      return "busy";
    case Outcome::kSessionExpired:
      return "session expired";
    case Outcome::kRefused:
      return "refused";
  }
  __builtin_unreachable();
}

std::string DescribeFailure(const Answer& answer) {
  const std::string name(NameOf(answer.outcome));
  if (!answer.leader.has_value()) return name;
  return absl::StrCat(name, ", node ", answer.leader->value(), " may");
}

std::string Nodes(const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) absl::StrAppend(&text, " ", node.value());
  return text;
}

std::string DescribeAdmin(const AdminRequest& request) {
  switch (request.kind) {
    case AdminKind::kChangeMembership:
    case AdminKind::kChangeMembershipFrom:
      return absl::StrCat("voters", Nodes(request.membership.voters),
                          ", learners", Nodes(request.membership.learners));
    case AdminKind::kTransferLeadership:
      return absl::StrCat("node ", request.node.value(), " shall lead");
    case AdminKind::kStatus:
      return "status";
  }
  __builtin_unreachable();
}

std::string DescribeStore(std::string_view message) {
  const absl::StatusOr<Request> request = DecodeRequest(message);
  if (!request.ok()) return Unknown(message);
  const std::string text = DescribeMessage(message);
  return request->client == 0
             ? text
             : absl::StrCat(text, " session ", request->client);
}

}  // namespace

bool IsReplicatedMethod(std::string_view method) {
  return method == kStoreMethod || method == kOpenMethod ||
         method == kAdminMethod ||
         std::find(std::begin(kMethods), std::end(kMethods), method) !=
             std::end(kMethods);
}

std::string DescribeRequestOf(std::string_view method,
                              std::string_view message) {
  const auto* const found =
      std::find(std::begin(kMethods), std::end(kMethods), method);
  if (found != std::end(kMethods)) {
    return raft::DescribeMessage(static_cast<size_t>(found - kMethods),
                                 message);
  }
  if (method == kOpenMethod) return "open a session";
  if (method == kStoreMethod) return DescribeStore(message);
  const absl::StatusOr<AdminRequest> request = DecodeAdminRequest(message);
  return request.ok() ? DescribeAdmin(*request) : Unknown(message);
}

std::string DescribeAnswerOf(std::string_view method,
                             std::string_view message) {
  const absl::StatusOr<Answer> answer = DecodeAnswer(message);
  if (!answer.ok()) return Unknown(message);
  if (answer->outcome != Outcome::kDone) return DescribeFailure(*answer);
  if (method == kStoreMethod) return DescribeMessage(answer->content);
  if (method == kOpenMethod && answer->content.size() == kWordBytes) {
    return absl::StrCat("session ", LoadWord(answer->content.data()));
  }
  return "done";
}

}  // namespace reprise::kv
