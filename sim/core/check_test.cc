#include "reprise/sim/core/check.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

using CheckTest = TaskFixture;

TEST_F(CheckTest, PassesInSilence) {
  int evaluations = 0;
  REPRISE_CHECK(++evaluations == 1, "not printed");
  EXPECT_EQ(evaluations, 1);
}

TEST_F(CheckTest, MessageIsMadeOnlyForAFailure) {
  int evaluations = 0;
  REPRISE_CHECK(true, ++evaluations);
  EXPECT_EQ(evaluations, 0);
}

TEST_F(CheckTest, FailureNamesPlaceConditionAndMessage) {
  const int count = 3;
  EXPECT_DEATH(
      REPRISE_CHECK(count == 4, "count is ", count),
      "sim/core/check_test.cc:[0-9]+: check failed: count == 4: count is 3");
}

TEST_F(CheckTest, FailureNeedsNoMessage) {
  EXPECT_DEATH(REPRISE_CHECK(1 > 2), "check failed: 1 > 2\n");
}

TEST_F(CheckTest, FailureInATaskNamesSeedTimeTaskAndNode) {
  Spawn("worker", [this] {
    SleepFor(Nanoseconds(2'000'000'005));
    REPRISE_CHECK(false, "broken");
  });
  EXPECT_DEATH(Run(),
               "check failed: false: broken\n"
               "  seed 1, virtual time 2.000000005 s, task \"worker\", node "
               "\"host\"");
}

TEST_F(CheckTest, FailureBetweenTasksNamesSeedAndTime) {
  class BrokenEvent final : public Event {
    void Fire() override { REPRISE_CHECK(false, "broken"); }
  } event;
  const auto run = [&] {
    scheduler_.Schedule(event, VirtualTime::Seconds(3));
    Run();
  };
  EXPECT_DEATH(run(),
               "seed 1, virtual time 3.000000000 s, task \"none\", node "
               "\"none\"");
}

TEST_F(CheckTest, FailureWhileATaskUnwindsNamesThatTask) {
  bool is_fine = false;
  struct Destructor {
    const bool& is_fine;
    ~Destructor() { REPRISE_CHECK(is_fine, "broken"); }
  };
  Spawn("crashes", [this, &is_fine] {
    Destructor destructor{is_fine};
    scheduler_.Park({.what = "nothing"});
  });
  Run();
  EXPECT_DEATH(scheduler_.Kill(group_), "task \"crashes\", node \"host\"");
  is_fine = true;
  scheduler_.Shutdown();
}

}  // namespace
}  // namespace reprise
