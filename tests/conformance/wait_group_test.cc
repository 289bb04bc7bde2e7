#include "reprise/sim/core/wait_group.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class WaitGroupTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, WaitGroupTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(WaitGroupTest, WaitsUntilAllIsDone) {
  Run([](Env& env) {
    WaitGroup group;
    int done = 0;
    for (int i = 0; i < 3; ++i) {
      group.Add(1);
      env.tasks().Spawn("part", [&, i] {
        env.clock().SleepFor(Milliseconds(i));
        ++done;
        group.Done();
      });
    }
    EXPECT_EQ(group.pending(), 3);
    group.Wait();
    EXPECT_EQ(done, 3);
    EXPECT_EQ(group.pending(), 0);
    group.Wait();
  });
}

TEST_P(WaitGroupTest, AWaitEndsByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    WaitGroup group;
    group.Add(1);
    VirtualTime before = env.clock().Now();
    EXPECT_FALSE(group.WaitFor(Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    before = env.clock().Now();
    EXPECT_FALSE(group.WaitUntil(before + Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    env.tasks().Spawn("part", [&] { group.Done(); });
    EXPECT_TRUE(group.WaitFor(kLong));
  });
}

}  // namespace
}  // namespace reprise
