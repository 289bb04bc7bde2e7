#include "tests/scenarios/raft/recorded_raft_clerk.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace reprise {

using checker::KeyValueModel;
using checker::OperationId;
using checker::OperationKind;

RecordedRaftClerk::RecordedRaftClerk(Recorder<KeyValueModel>& recorder,
                                     Env& env, std::vector<NodeId> servers,
                                     const kv::LeaderCallerOptions& options,
                                     int client, int clients)
    : recorder_(recorder),
      caller_{.client = client, .place = env.id().value()},
      clients_(clients),
      clerk_(env, std::move(servers), options) {}

std::optional<std::string> RecordedRaftClerk::Get(std::string_view key) {
  const OperationId id = Invoke(OperationKind::kGet, key, {});
  absl::StatusOr<std::string> value = clerk_.Get(key);
  if (!Return(id, value)) return std::nullopt;
  return *std::move(value);
}

bool RecordedRaftClerk::Put(std::string_view key, std::string_view value) {
  const OperationId id = Invoke(OperationKind::kPut, key, value);
  const absl::Status status = clerk_.Put(key, value);
  return Return(id, status.ok() ? absl::StatusOr<std::string>(std::string())
                                : absl::StatusOr<std::string>(status));
}

bool RecordedRaftClerk::Append(std::string_view key, std::string_view value) {
  const OperationId id = Invoke(OperationKind::kAppend, key, value);
  return Return(id, clerk_.Append(key, value));
}

OperationId RecordedRaftClerk::Invoke(OperationKind kind, std::string_view key,
                                      std::string_view value) {
  return recorder_.Invoke(caller_, kind, key, value);
}

bool RecordedRaftClerk::Return(OperationId id,
                               const absl::StatusOr<std::string>& output) {
  if (output.ok()) {
    recorder_.Return(id, *output);
    return true;
  }
  caller_.client += clients_;
  return false;
}

}  // namespace reprise
