#include "reprise/kv/raft/messages.h"

#include <gtest/gtest.h>

namespace reprise::kv::raft {
namespace {

TEST(MessagesTest, KnowsTheTermAndTheMethodOfEach) {
  EXPECT_EQ(TermOf(RequestVote{.term = 3}), 3);
  EXPECT_EQ(TermOf(TimeoutNow{.term = 4}), 4);
  EXPECT_EQ(MethodOf(RequestVote{}), "raft.vote");
  EXPECT_EQ(MethodOf(AppendEntriesReply{}), "raft.append-reply");
  EXPECT_EQ(MethodOf(TimeoutNow{}), "raft.timeout-now");
}

}  // namespace
}  // namespace reprise::kv::raft
