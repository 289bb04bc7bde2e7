#include "reprise/sim/env/thread.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using std::chrono_literals::operator""ms;

// Runs `program` on a node of its own until nothing is left to do.
void RunOnNode(const std::function<void(Env&)>& program) {
  World world({.seed = Seed(1)});
  world.AddNode("node").Spawn([&](Env& env) { program(env); });
  EXPECT_EQ(world.RunUntilIdle().end, RunEnd::kIdle);
}

TEST(ThreadTest, CallsItsFunctionWithItsArguments) {
  RunOnNode([](Env& env) {
    std::string text = "former";
    int sum = 0;
    Thread thread(
        env,
        [](std::string copied, int& target, std::unique_ptr<int> moved) {
          EXPECT_EQ(copied, "former");
          target += *moved;
        },
        text, std::ref(sum), std::make_unique<int>(7));
    text = "latter";
    EXPECT_TRUE(thread.joinable());
    EXPECT_NE(thread.get_id(), Thread::id());
    thread.join();
    EXPECT_FALSE(thread.joinable());
    EXPECT_EQ(sum, 7);
  });
}

TEST(ThreadTest, CallsAMemberFunction) {
  struct Counter {
    void Add(int count) { total += count; }
    int total = 0;
  } counter;
  RunOnNode([&](Env& env) { Thread(env, &Counter::Add, &counter, 3).join(); });
  EXPECT_EQ(counter.total, 3);
}

TEST(ThreadTest, AStopRequestReachesItsFunction) {
  RunOnNode([](Env& env) {
    int rounds = 0;
    Thread thread(env, [&](std::stop_token stop) {
      for (; !stop.stop_requested(); ++rounds) env.clock().SleepFor(10ms);
    });
    env.clock().SleepFor(25ms);
    EXPECT_TRUE(thread.request_stop());
    EXPECT_FALSE(thread.request_stop());
    thread.join();
    EXPECT_EQ(rounds, 3);
    EXPECT_EQ(SteadyClock::now().time_since_epoch(), 30ms);
  });
}

TEST(ThreadTest, ItsEndRequestsAStopAndCancels) {
  bool was_stopped = false;
  RunOnNode([&](Env& env) {
    {
      Thread thread(env, [&](std::stop_token stop) {
        const std::stop_callback notes(stop, [&] { was_stopped = true; });
        env.tasks().WaitUntilStopped();
      });
      env.tasks().Yield();
    }
    EXPECT_TRUE(was_stopped);
  });
}

TEST(ThreadTest, GoesOnByItselfOnceDetached) {
  bool has_ended = false;
  RunOnNode([&](Env& env) {
    Thread thread(env, [&] {
      env.clock().SleepFor(10ms);
      has_ended = true;
    });
    thread.detach();
    EXPECT_FALSE(thread.joinable());
  });
  EXPECT_TRUE(has_ended);
}

TEST(ThreadTest, MovesAsItsTaskGoesOn) {
  RunOnNode([](Env& env) {
    int ended = 0;
    const auto work = [&] {
      env.clock().SleepFor(10ms);
      ++ended;
    };
    Thread first(env, work);
    Thread second = std::move(first);
    EXPECT_FALSE(first.joinable());
    Thread third = Thread::Start(env, "third", work);
    third = std::move(second);  // Which cancels the third.
    third.join();
    EXPECT_EQ(ended, 1);
    Thread none;
    EXPECT_FALSE(none.joinable());
    EXPECT_FALSE(none.request_stop());
  });
}

TEST(ThreadTest, AConditionWaitsForItsStop) {
  RunOnNode([](Env& env) {
    Mutex mutex;
    Condition condition;
    Thread thread(env, [&](std::stop_token stop) {
      std::unique_lock lock(mutex);
      EXPECT_FALSE(condition.wait(lock, stop, [] { return false; }));
    });
    env.clock().SleepFor(1ms);
    thread.request_stop();
    thread.join();
  });
}

TEST(ThreadTest, RefusesToJoinWhatIsNotJoinable) {
  EXPECT_DEATH(RunOnNode([](Env&) { Thread().join(); }), "is not joinable");
  EXPECT_DEATH(RunOnNode([](Env&) { Thread().detach(); }), "is not joinable");
}

// Nothing can wait in the destructor of a server whose node has crashed.
TEST(ThreadTest, JoinCancelsWhereTheCallingTaskUnwinds) {
  struct Server {
    Env& env;
    bool& has_outlived;
    int state = 1;
    Thread thread{env, [this] {
                    struct Reads {
                      Server& server;
                      ~Reads() { server.has_outlived |= server.state != 1; }
                    } reads{*this};
                    env.tasks().WaitUntilStopped();
                  }};
    ~Server() {
      thread.request_stop();
      thread.join();
      state = 0;
    }
  };
  bool has_outlived = false;
  RunOnNode([&](Env& env) {
    const TaskHandle task = env.tasks().Spawn("server", [&] {
      const Server server{env, has_outlived};
      env.clock().SleepFor(Seconds(1));
    });
    env.clock().SleepFor(1ms);
    task.Cancel();
  });
  EXPECT_FALSE(has_outlived);
}

}  // namespace
}  // namespace reprise
