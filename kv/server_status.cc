#include "reprise/kv/server_status.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv {

template <typename Archive, raft::Either<FollowerStatus> T>
void Fields(Archive& archive, T& follower) {
  archive.Node(follower.node);
  archive.Number(follower.match);
  archive.Flag(follower.is_heard);
  archive.Flag(follower.has_caught_up);
}

namespace {

// Of raft/archive.h. Servers of all versions write a status alike.
constexpr raft::Version kEncoding = 2;

template <typename Archive, raft::Either<ServerStatus> T>
void Fields(Archive& archive, T& status) {
  auto role = static_cast<uint8_t>(status.role);
  archive.Byte(role);
  if constexpr (!std::is_const_v<T>) {
    if (role > static_cast<uint8_t>(raft::Role::kLeader)) archive.Fail();
    status.role = static_cast<raft::Role>(role);
  }
  archive.Number(status.term);
  archive.OptionalNode(status.leader);
  archive.Number(status.commit);
  archive.Number(status.applied);
  archive.Number(status.last);
  archive.Flag(status.has_lost_data);
  archive.Byte(status.files_version);
  archive.Number(status.servers_known);
  archive.Members(status.membership);
  archive.Flag(status.may_change);
  archive.List(status.followers);
}

}  // namespace

const FollowerStatus* ServerStatus::follower(NodeId node) const {
  for (const FollowerStatus& follower : followers) {
    if (follower.node == node) return &follower;
  }
  return nullptr;
}

Bytes EncodeServerStatus(const ServerStatus& status) {
  Bytes bytes;
  raft::Writer writer(bytes, kEncoding);
  Fields(writer, status);
  return bytes;
}

absl::StatusOr<ServerStatus> DecodeServerStatus(std::string_view bytes) {
  raft::Reader reader(bytes, kEncoding);
  ServerStatus status;
  Fields(reader, status);
  if (!reader.IsDone()) {
    return absl::InvalidArgumentError("not the status of a server");
  }
  return status;
}

std::optional<size_t> LatestLeader(
    std::span<const absl::StatusOr<ServerStatus>> statuses) {
  std::optional<size_t> leader;
  for (size_t i = 0; i < statuses.size(); ++i) {
    const absl::StatusOr<ServerStatus>& status = statuses[i];
    if (!status.ok() || status->role != raft::Role::kLeader) continue;
    if (!leader.has_value() || status->term > statuses[*leader]->term) {
      leader = i;
    }
  }
  return leader;
}

}  // namespace reprise::kv
