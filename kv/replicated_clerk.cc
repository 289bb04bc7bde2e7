#include "reprise/kv/replicated_clerk.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
ReplicatedClerk::ReplicatedClerk(Env& env, std::vector<NodeId> servers,
                                 const LeaderCallerOptions& options)
    : leader_(env, std::move(servers), options) {}

absl::StatusOr<std::string> ReplicatedClerk::Get(std::string_view key) {
  return Ask({.kind = RequestKind::kGet, .sequence = ++sequence_, .key = key});
}

absl::Status ReplicatedClerk::Put(std::string_view key,
                                  std::string_view value) {
  return Execute(RequestKind::kPut, key, value).status();
}

absl::StatusOr<std::string> ReplicatedClerk::Append(std::string_view key,
                                                    std::string_view value) {
  return Execute(RequestKind::kAppend, key, value);
}

absl::StatusOr<std::string> ReplicatedClerk::Execute(RequestKind kind,
                                                     std::string_view key,
                                                     std::string_view value) {
  if (session_ == 0) {
    const absl::Status status = OpenSession();
    if (!status.ok()) return status;
  }
  absl::StatusOr<std::string> result = Ask({.kind = kind,
                                            .client = session_,
                                            .sequence = ++sequence_,
                                            .key = key,
                                            .value = value});
  if (absl::IsAborted(result.status())) {
    Reached("kv.replicated-clerk.session-expired"_mark);
    session_ = 0;
  }
  return result;
}

absl::Status ReplicatedClerk::OpenSession() {
  const absl::StatusOr<Bytes> content =
      ContentOf(leader_.Call(kOpenMethod, Bytes()));
  if (!content.ok()) return content.status();
  Decoder decoder(*content);
  session_ = decoder.Word();
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReplicatedClerk::Ask(const Request& request) {
  absl::StatusOr<Bytes> content =
      ContentOf(leader_.Call(kStoreMethod, EncodeRequest(request)));
  if (!content.ok()) return content.status();
  const absl::StatusOr<Reply> reply = DecodeReply(*content);
  if (!reply.ok()) return reply.status();
  return TakeValue(*std::move(content));
}

}  // namespace reprise::kv
