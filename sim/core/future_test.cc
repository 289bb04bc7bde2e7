#include "reprise/sim/core/future.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using FutureTest = TaskFixture;

TEST_F(FutureTest, GivesItsValueToAllThatWait) {
  Future<int> answer;
  for (const char* name : {"a", "b"}) {
    Spawn(name, [&, name] {
      EXPECT_EQ(answer.Get(), 42);
      Log(name);
    });
  }
  Spawn("setter", [&] {
    SleepFor(Milliseconds(1));
    EXPECT_FALSE(answer.IsSet());
    answer.Set(42);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a", "b"));
}

TEST_F(FutureTest, AValueThatIsThereIsGivenAtOnce) {
  Future<int> answer;
  answer.Set(42);
  Spawn("task", [&] {
    EXPECT_EQ(answer.Get(), 42);
    EXPECT_TRUE(answer.WaitUntil(VirtualTime()));
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(scheduler_.now(), VirtualTime());
}

TEST_F(FutureTest, WaitsNoLongerThanAsked) {
  Future<int> answer;
  Spawn("waits", [&] {
    EXPECT_FALSE(answer.WaitUntil(VirtualTime::Milliseconds(5)));
    EXPECT_TRUE(answer.WaitUntil(VirtualTime::Milliseconds(50)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(10));
  });
  Spawn("setter", [&] {
    SleepFor(Milliseconds(10));
    answer.Set(42);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(FutureTest, IsSetOnlyOnce) {
  Future<int> answer;
  answer.Set(1);
  EXPECT_DEATH(answer.Set(2), "a future is set twice");
}

TEST_F(FutureTest, ADeadlockNamesTheFuture) {
  Future<int> answer("leader");
  Spawn("waits", [&] { answer.Get(); });
  EXPECT_THAT(Run().report, HasSubstr("\"waits\" waits for future leader"));
  scheduler_.Shutdown();
}

TEST_F(FutureTest, CanBeLookedAtAndWaitedForAWhile) {
  Future<int> answer;
  Spawn("waits", [&] {
    EXPECT_EQ(answer.TryGet(), nullptr);
    EXPECT_FALSE(answer.WaitFor(Milliseconds(2)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
    EXPECT_TRUE(answer.WaitFor(Seconds(1)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
    EXPECT_EQ(*answer.TryGet(), 42);
  });
  Spawn("sets", [&] {
    SleepFor(Milliseconds(5));
    answer.Set(42);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

}  // namespace
}  // namespace reprise
