#include "reprise/kv/server_status.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {
namespace {

ServerStatus Leader() {
  return {
      .role = raft::Role::kLeader,
      .term = 7,
      .leader = NodeId(0),
      .commit = 300,
      .applied = 299,
      .last = 305,
      .files_version = 2,
      .servers_known = 4,
      .membership = {.voters = {NodeId(0), NodeId(2)}, .learners = {NodeId(3)}},
      .may_change = true,
      .followers = {{.node = NodeId(2), .match = 304, .is_heard = true},
                    {.node = NodeId(3), .has_caught_up = true}}};
}

TEST(ServerStatusTest, IsReadAsItWasWritten) {
  for (const ServerStatus& status : {Leader(), ServerStatus{}}) {
    const absl::StatusOr<ServerStatus> read =
        DecodeServerStatus(EncodeServerStatus(status));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, status);
  }
}

// Servers of all versions write it alike.
TEST(ServerStatusTest, ItsBytesStay) {
  const ServerStatus status = {.role = raft::Role::kLeader,
                               .term = 300,
                               .leader = NodeId(4),
                               .commit = 6,
                               .applied = 5,
                               .last = 7,
                               .has_lost_data = true,
                               .servers_known = 9,
                               .may_change = true,
                               .followers = {{.node = NodeId(3), .match = 2}}};
  const Bytes members = raft::EncodeMembership({});
  ASSERT_LT(members.size(), 128U);
  EXPECT_EQ(EncodeServerStatus(status), Bytes("\3\xac\2\5\6\5\7\1\1\t", 10) +
                                            static_cast<char>(members.size()) +
                                            members + Bytes("\1\1\3\2\0\0", 6));
}

TEST(ServerStatusTest, NoOtherBytesAreRead) {
  const Bytes bytes = EncodeServerStatus(Leader());
  for (size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        DecodeServerStatus(bytes.substr(0, length)).status()));
  }
  EXPECT_FALSE(DecodeServerStatus(bytes + "x").ok());
  Bytes no_role = bytes;
  no_role[0] = 4;
  EXPECT_FALSE(DecodeServerStatus(no_role).ok());
}

TEST(ServerStatusTest, KnowsServersByTheirNumbers) {
  EXPECT_TRUE(Leader().Knows(NodeId(3)));
  EXPECT_FALSE(Leader().Knows(NodeId(4)));
  EXPECT_TRUE(ServerStatus().Knows(NodeId(4)));
}

TEST(ServerStatusTest, TheLatestTermLeads) {
  ServerStatus deposed = Leader();
  deposed.term -= 1;
  ServerStatus candidate = Leader();
  candidate.role = raft::Role::kCandidate;
  candidate.term += 1;
  std::vector<absl::StatusOr<ServerStatus>> statuses = {
      absl::UnavailableError(""), candidate};
  EXPECT_EQ(LatestLeader(statuses), std::nullopt);
  statuses.insert(statuses.end(), {deposed, Leader(), deposed});
  EXPECT_EQ(LatestLeader(statuses), 3U);
}

TEST(ServerStatusTest, KnowsItsFollowersByNode) {
  const ServerStatus leader = Leader();
  EXPECT_EQ(leader.follower(NodeId(2))->match, 304U);
  EXPECT_EQ(leader.follower(NodeId(0)), nullptr);
}

}  // namespace
}  // namespace reprise::kv
