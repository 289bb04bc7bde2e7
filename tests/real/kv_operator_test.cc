// What `kv status`, `kv member` and `kv transfer` say and how they end, with
// servers that are processes.

#include "tests/real/kv_operator.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "tests/real/kv_replicas.h"
#include "tests/real/testing.h"

namespace reprise {
namespace {

class KvOperatorTest : public testing::Test {
 protected:
  KvOperatorTest()
      : replicas_({.program = ProgramAt("tools/kv_main"),
                   .folder = EmptyFolder("kv-operator"),
                   .spares = 1}) {}

  OperatorAnswer Run(const std::vector<std::string>& words,
                     Duration timeout = Seconds(20)) {
    const KvOperator op({.program = ProgramAt("tools/kv_main"),
                         .replicas = replicas_.list(),
                         .timeout = timeout});
    const absl::StatusOr<OperatorAnswer> answer = op.Run(words);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(OperatorAnswer{.exit_status = -1});
  }

  KvReplicas replicas_;
};

TEST_F(KvOperatorTest, TellsHowTheServersAre) {
  ASSERT_TRUE(replicas_.Start().ok());
  const OperatorAnswer answer = Run({"status"});
  EXPECT_EQ(answer.exit_status, 0);
  EXPECT_EQ(answer.object["outcome"], "done");
  EXPECT_EQ(answer.object["voters"].size(), 3U);
  ASSERT_EQ(answer.object["servers"].size(), 4U);
  EXPECT_EQ(answer.object["servers"][3]["role"], "no member");
  EXPECT_EQ(answer.object["servers"][3]["answers"], false);
}

TEST_F(KvOperatorTest, ChangesMembersAndTheLeader) {
  ASSERT_TRUE(replicas_.Start().ok());
  ASSERT_TRUE(replicas_.Start(3).ok());
  OperatorAnswer answer = Run({"member", "add", replicas_.name(3)});
  EXPECT_EQ(answer.exit_status, 0);
  EXPECT_EQ(answer.object["voters"].size(), 4U);
  answer = Run({"transfer", "--to", replicas_.name(3)});
  EXPECT_EQ(answer.exit_status, 0);
  EXPECT_EQ(answer.object["leader"], replicas_.name(3));
  answer = Run({"member", "remove", replicas_.name(3)});
  EXPECT_EQ(answer.exit_status, 0);
  EXPECT_NE(answer.object["leader"], replicas_.name(3));
  EXPECT_EQ(answer.object["voters"].size(), 3U);
}

TEST_F(KvOperatorTest, SaysWhyItIsRefused) {
  ASSERT_TRUE(replicas_.Start().ok());
  const OperatorAnswer answer = Run({"transfer", "--to", replicas_.name(3)});
  EXPECT_EQ(answer.exit_status, 1);
  EXPECT_EQ(answer.object["outcome"], "refused");
  EXPECT_EQ(answer.object["message"], replicas_.name(3) + " is no voter");
}

TEST_F(KvOperatorTest, AnUnknownServerIsBadInput) {
  EXPECT_EQ(Run({"member", "add", "nobody"}).exit_status, 2);
  EXPECT_EQ(Run({"member", "replace", "nobody", replicas_.name(0)}).exit_status,
            2);
  EXPECT_EQ(Run({"transfer", "--to", "nobody"}).exit_status, 2);
  EXPECT_EQ(Run({"member"}).exit_status, 2);
}

TEST_F(KvOperatorTest, WithoutALeaderNothingIsDecided) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"status"},
        {"member", "remove", replicas_.name(0)},
        {"transfer", "--to", replicas_.name(0)}}) {
    const OperatorAnswer answer = Run(words, Milliseconds(500));
    EXPECT_EQ(answer.exit_status, 3);
    EXPECT_EQ(answer.object["outcome"], "undecided");
  }
}

}  // namespace
}  // namespace reprise
