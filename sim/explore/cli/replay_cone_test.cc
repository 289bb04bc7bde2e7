// The command `replay` where only what came before the violation is printed.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(ReplayConeTest, EndsWithHowMuchIsLeftOut) {
  const Execution done =
      Execute({"replay", "--bug=stale-read", "--seed=3", "--trace=cone"});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("\ncone: "));
  EXPECT_THAT(done.out, HasSubstr(" events are left out, which did not happen "
                                  "before the violation\nregister"));
}

TEST(ReplayConeTest, SaysWhereThereIsNothingToLookBackFrom) {
  const Execution done =
      Execute({"replay", "--scenario=register", "--seed=7", "--trace=cone"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, StartsWith("cone: no property is violated"));
}

TEST(ReplayConeTest, RefusesANodeThatTheRunHasNot) {
  const Execution done = Execute(
      {"replay", "--bug=stale-read", "--seed=3", "--trace=cone,node:nobody"});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("no node of this run is called"));
}

}  // namespace
}  // namespace reprise::cli
