#include "reprise/kv/server_status.h"

#include <cstdint>
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

// The leader is a number greater by one than the node's, or 0.
template <typename Archive, raft::Either<ServerStatus> T>
void Fields(Archive& archive, T& status) {
  auto role = static_cast<uint8_t>(status.role);
  archive.Byte(role);
  archive.Number(status.term);
  uint64_t leader =
      status.leader.has_value() ? status.leader->value() + 1ULL : 0;
  archive.Number(leader);
  if constexpr (!std::is_const_v<T>) {
    if (role > static_cast<uint8_t>(raft::Role::kLeader)) archive.Fail();
    status.role = static_cast<raft::Role>(role);
    if (leader > uint64_t{UINT32_MAX} + 1) archive.Fail();
    if (leader > 0) status.leader = NodeId(static_cast<uint32_t>(leader - 1));
  }
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
  raft::Writer writer(bytes, raft::kLastVersion);
  Fields(writer, status);
  return bytes;
}

absl::StatusOr<ServerStatus> DecodeServerStatus(std::string_view bytes) {
  raft::Reader reader(bytes, raft::kLastVersion);
  ServerStatus status;
  Fields(reader, status);
  if (!reader.IsDone()) {
    return absl::InvalidArgumentError("not the status of a server");
  }
  return status;
}

}  // namespace reprise::kv
