// ServerStatus: how a server of a replicated store is, as it says itself.
//
//   Bytes content = EncodeServerStatus(server.Status());
//   absl::StatusOr<ServerStatus> status = DecodeServerStatus(content);
//
// Guarantees: decoding refuses whatever an encoder would not have written.

#ifndef REPRISE_KV_SERVER_STATUS_H_
#define REPRISE_KV_SERVER_STATUS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {

// What a leader knows of another member.
struct FollowerStatus {
  NodeId node = {};
  // Up to here its log is as the leader's, and durable.
  raft::Index match = 0;
  // It has answered the leader within the last election timeout.
  bool is_heard = false;
  // It lacks so little that it may become a voter.
  bool has_caught_up = false;

  friend bool operator==(const FollowerStatus&,
                         const FollowerStatus&) = default;
};

struct ServerStatus {
  raft::Role role = raft::Role::kFollower;
  raft::Term term = 0;
  // Who leads that term, as far as it knows.
  std::optional<NodeId> leader = {};
  raft::Index commit = 0;
  raft::Index applied = 0;
  raft::Index last = 0;  // Of its log.
  // Its files were damaged, and it is not yet a learner since.
  bool has_lost_data = false;
  // Of its files: who has a later one than the first can no more be replaced by
  // a server that reads the first one alone.
  raft::Version files_version = raft::kFirstVersion;
  // How many servers it has addresses of, by their numbers from 0 on; 0: of all
  // that there are.
  uint64_t servers_known = 0;
  // In force, as far as it knows.
  raft::Membership membership = {};
  // Of a leader: the last change is committed, and the next one may begin.
  bool may_change = false;
  // Of a leader: all other members, by node.
  std::vector<FollowerStatus> followers = {};

  bool Knows(NodeId server) const {
    return servers_known == 0 || server.value() < servers_known;
  }
  // Null: no follower.
  const FollowerStatus* follower(NodeId node) const;

  friend bool operator==(const ServerStatus&, const ServerStatus&) = default;
};

Bytes EncodeServerStatus(const ServerStatus& status);
// Errors: InvalidArgument.
absl::StatusOr<ServerStatus> DecodeServerStatus(std::string_view bytes);

// Which of them leads the latest term; none: nobody says that it leads. One
// that was deposed may not know it yet.
std::optional<size_t> LatestLeader(
    std::span<const absl::StatusOr<ServerStatus>> statuses);

}  // namespace reprise::kv

#endif  // REPRISE_KV_SERVER_STATUS_H_
