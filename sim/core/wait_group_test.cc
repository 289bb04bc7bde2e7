#include "reprise/sim/core/wait_group.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using WaitGroupTest = TaskFixture;

TEST_F(WaitGroupTest, WaitsUntilAllIsDone) {
  WaitGroup parts;
  for (int i = 1; i <= 3; ++i) {
    parts.Add(1);
    Spawn("part", [this, &parts, i] {
      SleepFor(Milliseconds(i));
      parts.Done();
    });
  }
  Spawn("waits", [&] {
    parts.Wait();
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(3));
    EXPECT_EQ(parts.pending(), 0);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(WaitGroupTest, WithNothingToDoThereIsNoWait) {
  WaitGroup parts;
  Spawn("waits", [&] { parts.Wait(); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(WaitGroupTest, CanBeUsedAgain) {
  WaitGroup parts;
  Spawn("waits", [&] {
    for (int round = 1; round <= 2; ++round) {
      parts.Add(2);
      for (int i = 0; i < 2; ++i) {
        Spawn("part", [this, &parts] {
          SleepFor(Milliseconds(10));
          parts.Done();
        });
      }
      parts.Wait();
      EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10 * round));
    }
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(WaitGroupTest, RefusesMoreDoneThanAdd) {
  WaitGroup parts;
  parts.Add(1);
  parts.Done();
  EXPECT_DEATH(parts.Done(), "Done without Add");
}

TEST_F(WaitGroupTest, WaitsNoLongerThanItsDeadline) {
  WaitGroup done;
  done.Add(1);
  Spawn("waits", [&] {
    EXPECT_FALSE(done.WaitFor(Milliseconds(2)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
    EXPECT_TRUE(done.WaitUntil(VirtualTime::Seconds(1)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
  });
  Spawn("works", [&] {
    SleepFor(Milliseconds(5));
    done.Done();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

}  // namespace
}  // namespace reprise
