#include "reprise/sim/core/future.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class FutureTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, FutureTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(FutureTest, OneTaskSetsItAndAllWhoWaitGetIt) {
  Run([](Env& env) {
    Future<int> future;
    int sum = 0;
    const auto get = [&] { sum += future.Get(); };
    const TaskHandle first = env.tasks().Spawn("first", get);
    const TaskHandle second = env.tasks().Spawn("second", get);
    env.tasks().Yield();
    EXPECT_FALSE(future.IsSet());
    EXPECT_EQ(future.TryGet(), nullptr);
    future.Set(21);
    EXPECT_TRUE(first.JoinFor(kLong));
    EXPECT_TRUE(second.JoinFor(kLong));
    EXPECT_EQ(sum, 42);
    EXPECT_EQ(*future.TryGet(), 21);
  });
}

TEST_P(FutureTest, AWaitEndsByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    Future<int> future;
    VirtualTime before = env.clock().Now();
    EXPECT_FALSE(future.WaitFor(Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    before = env.clock().Now();
    EXPECT_FALSE(future.WaitUntil(before + Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    env.tasks().Spawn("setter", [&] { future.Set(1); });
    EXPECT_TRUE(future.WaitFor(kLong));
    EXPECT_TRUE(future.WaitUntil(VirtualTime()));
  });
}

}  // namespace
}  // namespace reprise
