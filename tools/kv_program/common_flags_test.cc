#include "tools/kv_program/common_flags.h"

#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/real_member.h"

namespace reprise::kv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CommonFlagsTest, FindsReplicasByName) {
  const std::vector<RealMember> replicas =
      *ParseReplicas("a=127.0.0.1:7000,b=127.0.0.1:7001");
  EXPECT_EQ(*FindReplica(replicas, "b"), NodeId(1));
  EXPECT_EQ(FindReplica(replicas, "c").status(),
            absl::InvalidArgumentError("\"c\": expected a name of --replicas"));
  EXPECT_EQ(FindReplica(replicas, "c", "--name").status(),
            absl::InvalidArgumentError(
                "--name: \"c\": expected a name of --replicas"));
}

TEST(CommonFlagsTest, RefusesListsThatNameNoReplicas) {
  for (const char* list : {"", "a", "=127.0.0.1:7000", "a=127.0.0.1",
                           "a=127.0.0.1:7000,a=127.0.0.1:7001"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseReplicas(list).status())) << list;
  }
}

TEST(CommonFlagsTest, NumbersMembersFromZero) {
  EXPECT_THAT(NodeIds(0), IsEmpty());
  EXPECT_THAT(NodeIds(2), ElementsAre(NodeId(0), NodeId(1)));
}

TEST(CommonFlagsTest, TakesPartsOfSeconds) {
  EXPECT_EQ(ToDuration(1.5), Milliseconds(1500));
}

}  // namespace
}  // namespace reprise::kv
