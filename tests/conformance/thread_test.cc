#include "reprise/sim/env/thread.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class ThreadTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, ThreadTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(ThreadTest, RunsAFunctionWithCopiesOfItsArguments) {
  Run([](Env& env) {
    std::string text = "before";
    std::string seen;
    Thread thread(
        env, [&](const std::string& copy) { seen = copy; }, text);
    text = "after";
    EXPECT_TRUE(thread.joinable());
    thread.join();
    EXPECT_FALSE(thread.joinable());
    EXPECT_EQ(seen, "before");
  });
}

TEST_P(ThreadTest, TheFunctionSeesARequestToStop) {
  Run([](Env& env) {
    bool has_ended = false;
    Thread thread(env, [&](const std::stop_token& stop) {
      while (!stop.stop_requested()) env.clock().SleepFor(Milliseconds(1));
      has_ended = true;
    });
    env.clock().SleepFor(Milliseconds(2));
    EXPECT_FALSE(has_ended);
    EXPECT_TRUE(thread.request_stop());
    thread.join();
    EXPECT_TRUE(has_ended);
  });
}

TEST_P(ThreadTest, TheDestructorRequestsAStopAndThenCancels) {
  Run([](Env& env) {
    bool was_told = false;
    bool unwound = false;
    {
      const Thread thread(env, [&](const std::stop_token& stop) {
        const AtEnd note([&] {
          EXPECT_TRUE(was_told);
          unwound = true;
        });
        const std::stop_callback tell(stop, [&] { was_told = true; });
        env.clock().SleepFor(kLong);
      });
      env.tasks().Yield();
    }
    EXPECT_TRUE(was_told);
    EXPECT_TRUE(unwound);
  });
}

TEST_P(ThreadTest, ADetachedOneGoesOnByItself) {
  Run([](Env& env) {
    bool has_ended = false;
    {
      Thread thread(env, [&] {
        env.clock().SleepFor(Milliseconds(2));
        has_ended = true;
      });
      thread.detach();
      EXPECT_FALSE(thread.joinable());
    }
    EXPECT_TRUE(WaitUntil(env, [&] { return has_ended; }));
  });
}

TEST_P(ThreadTest, ACrashOfTheNodeEndsIt) {
  std::atomic<bool> runs = false;
  std::atomic<bool> unwound = false;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    const Thread thread(env, [&] {
      const AtEnd note([&] { unwound = true; });
      runs = true;
      env.clock().SleepFor(kLong);
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return runs.load(); }));
    rig().Crash(node);
    EXPECT_TRUE(unwound);
  });
}

TEST_P(ThreadTest, MovesAndSwapsAsTheStandards) {
  Run([](Env& env) {
    Thread first(env, [] {});
    const Thread::id id = first.get_id();
    Thread second(std::move(first));
    EXPECT_FALSE(first.joinable());
    EXPECT_EQ(second.get_id(), id);
    first.swap(second);
    EXPECT_EQ(first.get_id(), id);
    EXPECT_FALSE(second.joinable());
    first.join();
    EXPECT_EQ(Thread().get_id(), Thread::id());
  });
}

}  // namespace
}  // namespace reprise
