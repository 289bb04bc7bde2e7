#include "reprise/sim/env/combine.h"

#include <functional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;
using testing::ElementsAre;

class CombineTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, CombineTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(CombineTest, WaitAllHasAllResultsInTheOrderOfTheFunctions) {
  Run([](Env& env) {
    const auto [number, text, nothing] = WaitAll(
        env,
        [&] {
          env.clock().SleepFor(Milliseconds(4));
          return 1;
        },
        [&] { return std::string("two"); },
        [&] { env.clock().SleepFor(Milliseconds(2)); });
    EXPECT_EQ(number, 1);
    EXPECT_EQ(text, "two");
    EXPECT_EQ(nothing, std::monostate());
    std::vector<std::function<int()>> functions;
    for (int i = 0; i < 4; ++i) {
      functions.push_back([&env, i] {
        env.clock().SleepFor(Milliseconds(4 - i));
        return i;
      });
    }
    EXPECT_THAT(WaitAll(env, functions), ElementsAre(0, 1, 2, 3));
  });
}

TEST_P(CombineTest, TheFunctionsRunAtTheSameTime) {
  Run([](Env& env) {
    int inside = 0;
    const auto meet = [&] {
      ++inside;
      while (inside < 2) env.clock().SleepFor(Milliseconds(1));
    };
    WaitAll(env, meet, meet);
    EXPECT_EQ(inside, 2);
  });
}

TEST_P(CombineTest, WaitAnyHasTheFirstSuccess) {
  Run([](Env& env) {
    const auto after = [&](Duration delay, absl::Status status) {
      return [&env, delay, status] {
        env.clock().SleepFor(delay);
        return status;
      };
    };
    EXPECT_TRUE(WaitAny(env, after({}, absl::AbortedError("")),
                        after(Milliseconds(3), absl::OkStatus()),
                        after(kLong, absl::OkStatus()))
                    .ok());
    // The first function's error where none succeeds.
    EXPECT_EQ(WaitAny(env, after(Milliseconds(3), absl::AbortedError("")),
                      after({}, absl::InternalError(""))),
              absl::AbortedError(""));
  });
}

TEST_P(CombineTest, RaceHasTheFirstResultAndWhoseItIs) {
  Run([](Env& env) {
    const auto result = Race(
        env,
        [&] {
          env.clock().SleepFor(kLong);
          return 1;
        },
        [&] { return std::string("fast"); });
    ASSERT_EQ(result.index(), 1u);
    EXPECT_EQ(std::get<1>(result), "fast");
    const std::vector<std::function<int()>> functions = {
        [&] {
          env.clock().SleepFor(kLong);
          return 1;
        },
        [] { return 2; }};
    const auto winner = Race(env, functions);
    EXPECT_EQ(winner.index, 1u);
    EXPECT_EQ(winner.value, 2);
  });
}

TEST_P(CombineTest, ThoseThatLoseAreCancelledAndGiveBackWhatTheyHeld) {
  Run([](Env& env) {
    Mutex mutex;
    bool unwound = false;
    Race(
        env,
        [&] {
          const AtEnd note([&] { unwound = true; });
          const MutexLock lock(mutex);
          env.clock().SleepFor(kLong);
        },
        [&] { env.clock().SleepFor(Milliseconds(2)); });
    EXPECT_TRUE(unwound);
    EXPECT_TRUE(mutex.TryLock());
    mutex.Unlock();
  });
}

TEST_P(CombineTest, WithTimeoutEndsByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    const VirtualTime before = env.clock().Now();
    const absl::Status late =
        WithTimeout(env, Milliseconds(5), [&] { env.clock().SleepFor(kLong); });
    EXPECT_EQ(late.code(), StatusCode::kDeadlineExceeded);
    EXPECT_GE(env.clock().Now(), before + Milliseconds(5));
    EXPECT_LT(env.clock().Now(), before + kLong);
    const absl::StatusOr<int> value =
        WithTimeout(env, kLong, [&]() -> absl::StatusOr<int> { return 7; });
    EXPECT_EQ(*value, 7);
  });
}

TEST_P(CombineTest, WhereTheCallingTaskIsCancelledTheyGoAsWell) {
  Run([](Env& env) {
    int unwound = 0;
    const auto sleep = [&] {
      const AtEnd note([&] { ++unwound; });
      env.clock().SleepFor(kLong);
    };
    const TaskHandle caller =
        env.tasks().Spawn("caller", [&] { WaitAll(env, sleep, sleep); });
    env.clock().SleepFor(Milliseconds(1));
    caller.Cancel();
    EXPECT_EQ(unwound, 2);
  });
}

TEST_P(CombineTest, InADestructorOfATaskThatUnwindsTheResultIsCancelled) {
  Run([](Env& env) {
    absl::Status status = absl::OkStatus();
    const TaskHandle task = env.tasks().Spawn("task", [&] {
      const AtEnd ask([&] {
        status = WithTimeout(env, kLong, [&] { env.clock().SleepFor(kLong); });
      });
      env.clock().SleepFor(kLong);
    });
    env.tasks().Yield();
    task.Cancel();
    EXPECT_EQ(status.code(), StatusCode::kCancelled);
  });
}

}  // namespace
}  // namespace reprise
