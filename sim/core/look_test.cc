// Runs of a scheduler that somebody looks at and runs on.

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

class LookTest : public testing::Test {
 protected:
  RunEnd Run(const RunLimits& limits = {}) {
    return scheduler_.Run(limits).end;
  }

  TaskGroup group_{"host"};
  Scheduler scheduler_{Seed(1)};
};

TEST_F(LookTest, ARunEndsAtTheInstantAndGoesOn) {
  scheduler_.Spawn(group_, "task", [this] {
    scheduler_.SleepUntil(VirtualTime::Milliseconds(30));
  });
  EXPECT_EQ(Run({.look = VirtualTime::Milliseconds(10)}), RunEnd::kLook);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
  EXPECT_EQ(Run({.look = VirtualTime::Milliseconds(40)}), RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(30));
}

TEST_F(LookTest, WhoStopsToLookDoesNotHideAStop) {
  scheduler_.Spawn(group_, "looker", [this] {
    scheduler_.StopToLook();
    scheduler_.Yield();
    scheduler_.Stop();
    scheduler_.StopToLook();
  });
  EXPECT_EQ(Run(), RunEnd::kLook);
  EXPECT_FALSE(scheduler_.WasToldToStop());
  EXPECT_EQ(Run(), RunEnd::kStopped);
  EXPECT_TRUE(scheduler_.WasToldToStop());
}

}  // namespace
}  // namespace reprise
