#include "reprise/sim/env/combine.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Each function gets a node and writes down what it does.
class CombineTest : public testing::Test {
 protected:
  void Run(const std::function<void(Env&)>& program) {
    world_.AddNode("node").Spawn([&](Env& env) { program(env); });
    EXPECT_EQ(world_.RunUntilIdle().end, RunEnd::kIdle);
  }
  // Writes `text` when the stack that it is on goes.
  struct Note {
    ~Note() { log.push_back(text); }
    std::vector<std::string>& log;
    std::string text;
  };
  // Waits, and answers how long.
  std::function<int()> Wait(Env& env, int milliseconds) {
    return [this, &env, milliseconds] {
      const Note note{log_, std::to_string(milliseconds)};
      env.clock().SleepFor(Milliseconds(milliseconds));
      return milliseconds;
    };
  }
  using Attempt = std::function<absl::StatusOr<int>()>;
  // Waits, and fails or answers how long.
  Attempt Try(Env& env, int milliseconds, bool succeeds) {
    return [=, wait = Wait(env, milliseconds)]() -> absl::StatusOr<int> {
      const int waited = wait();
      if (succeeds) return waited;
      return absl::UnavailableError(std::to_string(waited));
    };
  }

  std::vector<std::string> log_;
  World world_{{.seed = Seed(1)}};
};

TEST_F(CombineTest, WaitAllReturnsAllResultsInOrder) {
  Run([this](Env& env) {
    bool has_run = false;
    const auto [a, b, nothing, moved] = WaitAll(
        env, Wait(env, 20), Wait(env, 10), [&] { has_run = true; },
        [] { return std::make_unique<int>(3); });
    EXPECT_EQ(a, 20);
    EXPECT_EQ(b, 10);
    EXPECT_EQ(nothing, std::monostate());
    EXPECT_EQ(*moved, 3);
    EXPECT_TRUE(has_run);
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(20));
    EXPECT_EQ(WaitAll(env), std::tuple<>());
  });
}

TEST_F(CombineTest, WaitAllOfAVector) {
  Run([this](Env& env) {
    const std::vector waits = {Wait(env, 20), Wait(env, 10), Wait(env, 30)};
    EXPECT_THAT(WaitAll(env, waits), ElementsAre(20, 10, 30));
    EXPECT_THAT(WaitAll(env, std::vector<std::function<int()>>()), IsEmpty());
  });
}

TEST_F(CombineTest, WaitAnyReturnsTheFirstSuccessAndCancelsTheOthers) {
  Run([this](Env& env) {
    const auto result = WaitAny(env, Try(env, 30, true), Try(env, 10, false),
                                Try(env, 20, true));
    EXPECT_EQ(*result, 20);
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(20));
    EXPECT_THAT(log_, ElementsAre("10", "20", "30"));
  });
  EXPECT_EQ(world_.now(), VirtualTime::Milliseconds(20));
}

TEST_F(CombineTest, WaitAnyReturnsTheFirstFunctionsErrorIfNoneSucceeds) {
  Run([this](Env& env) {
    const std::vector attempts = {Try(env, 30, false), Try(env, 10, false)};
    EXPECT_EQ(WaitAny(env, attempts).status(), absl::UnavailableError("30"));
    EXPECT_EQ(WaitAny(env, [] { return absl::InternalError("a"); }),
              absl::InternalError("a"));
  });
}

TEST_F(CombineTest, RaceReturnsTheFirstResultWhateverItIs) {
  Run([this](Env& env) {
    const auto winner = Race(
        env, Wait(env, 30), [&] { env.clock().SleepFor(Milliseconds(5)); },
        Try(env, 20, false));
    EXPECT_EQ(winner.index(), 1u);
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(5));
    const auto first =
        Race(env, std::vector{Try(env, 9, true), Try(env, 4, false)});
    EXPECT_EQ(first.index, 1u);
    EXPECT_EQ(first.value.status(), absl::UnavailableError("4"));
  });
  EXPECT_EQ(world_.now(), VirtualTime::Milliseconds(9));
}

TEST_F(CombineTest, RaceGoesToTheEarlierFunctionWhereTwoEndAtOneInstant) {
  Run([this](Env& env) {
    EXPECT_EQ(Race(env, Wait(env, 5), Wait(env, 5)).index(), 0u);
  });
}

TEST_F(CombineTest, WithTimeoutLimitsAnyFunction) {
  Run([this](Env& env) {
    EXPECT_EQ(*WithTimeout(env, Milliseconds(9), Wait(env, 5)), 5);
    const auto late = WithTimeout(env, Milliseconds(9), Wait(env, 20));
    EXPECT_TRUE(absl::IsDeadlineExceeded(late.status()));
    EXPECT_EQ(env.clock().Now(), VirtualTime::Milliseconds(14));
    EXPECT_THAT(log_, ElementsAre("5", "20"));

    const absl::StatusOr<int> same =
        WithTimeout(env, Milliseconds(9), Try(env, 1, false));
    EXPECT_EQ(same.status(), absl::UnavailableError("1"));
    const absl::Status status = WithTimeout(env, Milliseconds(1), [&] {
      env.clock().SleepFor(Seconds(1));
      return absl::OkStatus();
    });
    EXPECT_TRUE(absl::IsDeadlineExceeded(status));
    EXPECT_TRUE(WithTimeout(env, Milliseconds(1), [] {}).ok());
  });
}

TEST_F(CombineTest, WhatLosesGivesBackWhatItHeld) {
  Run([](Env& env) {
    Mutex mutex;
    Mutex other;
    const MutexLock held(other);
    const absl::Status status = WithTimeout(env, Milliseconds(5), [&] {
      const MutexLock lock(mutex);
      other.Lock();
    });
    EXPECT_TRUE(absl::IsDeadlineExceeded(status));
    EXPECT_TRUE(mutex.TryLock());
    mutex.Unlock();
  });
}

// The value that a loser was woken for is another's.
TEST_F(CombineTest, AChannelLosesNoValueToALoser) {
  Run([](Env& env) {
    Channel<int> jobs(10);
    int received = 0;
    const TaskHandle worker = env.tasks().Spawn("worker", [&] {
      for (int i = 0; i < 10; ++i) {
        while (!WithTimeout(env, Milliseconds(1), [&] {
                  jobs.Receive();
                  ++received;
                }).ok()) {
        }
      }
    });
    for (int i = 0; i < 10; ++i) {
      // At the instant of the deadline.
      env.clock().SleepFor(Milliseconds(1));
      jobs.Send(i);
    }
    worker.Join();
    EXPECT_EQ(received, 10);
  });
}

TEST_F(CombineTest, TheChildrenEndWithTheirParent) {
  Run([this](Env& env) {
    const TaskHandle parent = env.tasks().Spawn("parent", [&] {
      WaitAll(env, Wait(env, 100),
              [&] { Race(env, Wait(env, 200), Wait(env, 300)); });
      ADD_FAILURE() << "was cancelled";
    });
    env.clock().SleepFor(Milliseconds(1));
    parent.Cancel();
    EXPECT_THAT(log_, ElementsAre("300", "200", "100"));
  });
  EXPECT_EQ(world_.now(), VirtualTime::Milliseconds(1));
}

TEST_F(CombineTest, TheChildrenEndWithTheirNode) {
  Node& node = world_.AddNode("node");
  node.Spawn([this](Env& env) {
    const Note note{log_, "parent"};
    WaitAll(env, Wait(env, 100), Wait(env, 200));
  });
  world_.RunUntil(VirtualTime::Milliseconds(1));
  node.Crash();
  EXPECT_THAT(log_, ElementsAre("200", "100", "parent"));
}

TEST_F(CombineTest, NothingCanBeWaitedForWhileTheTaskUnwinds) {
  struct Destructor {
    Env& env;
    std::vector<absl::Status>& seen;
    ~Destructor() {
      const auto fails = [] { return absl::InternalError(""); };
      seen.push_back(WaitAny(env, fails));
      seen.push_back(WithTimeout(env, Seconds(1), fails));
      seen.push_back(std::get<0>(Race(env, fails)));
      seen.push_back(std::get<0>(WaitAll(env, fails)));
    }
  };
  std::vector<absl::Status> seen;
  Node& node = world_.AddNode("node");
  const auto program = [&](Env& env) {
    const Destructor destructor{env, seen};
    env.clock().SleepFor(Seconds(1));
  };
  const TaskHandle task = node.Spawn(program);
  node.Spawn(program);
  world_.RunUntil(VirtualTime());
  task.Cancel();
  node.Crash();
  ASSERT_EQ(seen.size(), 8u);
  for (const absl::Status& status : seen) {
    EXPECT_TRUE(absl::IsCancelled(status)) << status;
  }
}

// Calls to three servers, of which the first answer counts, with limits.
uint64_t DigestOfHedgedCalls(Seed seed) {
  World world({.seed = seed, .faults = fault::Harsh()});
  for (int number = 0; number < 3; ++number) {
    world.AddNode(NodeName("server", number)).OnBoot([](Env& env) {
      env.network().Serve("echo", [&env](NodeId, Bytes bytes) {
        env.clock().SleepFor(Milliseconds(env.random().Uniform(0, 30)));
        return bytes;
      });
      env.tasks().WaitUntilStopped();
    });
  }
  world.AddNode("client").Spawn([](Env& env) {
    for (int i = 0; i < 30; ++i) {
      std::vector<std::function<absl::StatusOr<Bytes>()>> calls;
      for (uint32_t server = 0; server < 3; ++server) {
        calls.push_back([&env, server] {
          return env.network().Call(NodeId(server), "echo", "x");
        });
      }
      WithTimeout(env, Milliseconds(20), [&] {
        return WaitAny(env, calls);
      }).IgnoreError();
    }
  });
  world.RunUntil(VirtualTime::Seconds(10));
  world.End();
  return world.trace().digest();
}

TEST_F(CombineTest, RunsThatUseItRepeat) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(DigestOfHedgedCalls(Seed(seed)), DigestOfHedgedCalls(Seed(seed)));
  }
}

}  // namespace
}  // namespace reprise
