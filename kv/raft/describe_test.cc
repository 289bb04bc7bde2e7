#include "reprise/kv/raft/describe.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/wire.h"

namespace reprise::kv::raft {
namespace {

std::string Describe(const Message& message) {
  return DescribeMessage(message.index(), EncodeMessage(message, {}));
}

TEST(DescribeTest, SaysWhatServersTellEachOther) {
  EXPECT_EQ(
      Describe(AppendEntries{
          .term = 3, .previous = {7, 2}, .entries = {{}, {}}, .commit = 5}),
      "term 3, 2 entries after 7/2, commit 5");
  EXPECT_EQ(Describe(AppendEntries{.term = 3}),
            "term 3, heartbeat after 0/0, commit 0");
  EXPECT_EQ(
      Describe(AppendEntriesReply{.term = 3, .index = 4, .conflict_term = 2}),
      "term 3, try 4, conflict 2");
  EXPECT_EQ(
      Describe(RequestVote{.term = 3, .last = {7, 2}, .is_pre_vote = true}),
      "term 3, log to 7/2, only asks");
  EXPECT_EQ(Describe(InstallSnapshot{.term = 3,
                                     .last = {7, 2},
                                     .offset = 10,
                                     .is_last_piece = true,
                                     .piece = "piece"}),
            "term 3, snapshot of 7/2, bytes 10 to 15, the last");
}

TEST(DescribeTest, SaysTheLengthOfWhatIsNoMessage) {
  EXPECT_EQ(DescribeMessage(0, "xyz"), "3 unknown bytes");
}

}  // namespace
}  // namespace reprise::kv::raft
