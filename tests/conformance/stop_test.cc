// What a crash does to the tasks of a node: they unwind, and while they do,
// Env answers Cancelled and does nothing.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/quorum_call.h"
#include "reprise/sim/env/timer.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;

class StopTest : public ConformanceTest {
 protected:
  using Step = std::function<void(Env&)>;

  // A node whose program calls `ask` while a crash unwinds it, once it has done
  // `before`. What both note may be read when the run has ended.
  void RunUnwinding(const Step& before, const Step& ask) {
    std::atomic<bool> is_ready = false;
    std::atomic<int> asked = 0;
    const NodeId node = rig().AddNode("node", [&](Env& env) {
      before(env);
      const AtEnd at_end([&] {
        ask(env);
        ++asked;
      });
      is_ready = true;
      env.tasks().WaitUntilStopped();
    });
    Run([&](Env& env) {
      EXPECT_TRUE(WaitUntil(env, [&] { return is_ready.load(); }));
      rig().Crash(node);
      EXPECT_EQ(asked, 1);
    });
  }
  void RunUnwinding(const Step& ask) {
    RunUnwinding([](Env&) {}, ask);
  }
};

INSTANTIATE_TEST_SUITE_P(Rigs, StopTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(StopTest, EveryTaskUnwindsWhereverItWaits) {
  const NodeId server = AddServer();
  std::atomic<int> waiting = 0;
  std::atomic<int> unwound = 0;
  std::atomic<int> returned = 0;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    Mutex mutex;
    Future<int> future;
    Channel<int> channel(1);
    const auto start = [&](const std::function<void()>& wait) {
      env.tasks().Spawn("waits", [&, wait] {
        const AtEnd note([&] { ++unwound; });
        ++waiting;
        wait();
        ++returned;
      });
    };
    const MutexLock lock(mutex);
    start([&] { mutex.Lock(); });
    start([&] { future.Get(); });
    start([&] { channel.Receive(); });
    start([&] { env.clock().SleepFor(kLong); });
    start([&] { env.tasks().WaitUntilStopped(); });
    start([&] { (void)env.network().Call(server, "never", ""); });
    start([&] { env.network().StartCall(server, "never", "").Wait(); });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return waiting == 7; }));
    env.clock().SleepFor(Milliseconds(1));
    rig().Crash(node);
    EXPECT_EQ(unwound, 7);
    EXPECT_EQ(returned, 0);
  });
}

TEST_P(StopTest, AHandlerThatRunsUnwinds) {
  std::atomic<bool> runs = false;
  std::atomic<bool> unwound = false;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    env.network().Serve("wait", [&](NodeId, Bytes request) {
      const AtEnd note([&] { unwound = true; });
      runs = true;
      env.tasks().WaitUntilStopped();
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] {
      env.network().Send(node, "wait", "");
      return runs.load();
    }));
    rig().Crash(node);
    EXPECT_TRUE(unwound);
  });
}

TEST_P(StopTest, CallsAndLookupsAnswerCancelledAndSendDoesNothing) {
  std::atomic<int> received = 0;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    env.network().Receive("count", [&](NodeId, Bytes) { ++received; });
    env.tasks().WaitUntilStopped();
  });
  RunUnwinding([&](Env& env) {
    Network& network = env.network();
    EXPECT_EQ(network.Call(server, "count", "").status().code(),
              StatusCode::kCancelled);
    CallFuture call = network.StartCall(server, "count", "");
    EXPECT_TRUE(call.IsDone());
    EXPECT_EQ(call.Get().status().code(), StatusCode::kCancelled);
    EXPECT_EQ(network.Resolve("server").status().code(),
              StatusCode::kCancelled);
    network.Send(server, "count", "");
    network.Serve("late", [](NodeId, Bytes request) { return request; });
    const std::vector<NodeId> targets = {server, server};
    for (const QuorumAnswer& answer :
         CallQuorum(network, targets, "count", "").answers) {
      EXPECT_EQ(answer.reply.status().code(), StatusCode::kCancelled);
    }
  });
  EXPECT_EQ(received, 0);
}

TEST_P(StopTest, CallsInProgressAreNotWaitedFor) {
  const NodeId server = AddServer();
  auto call = std::make_shared<CallFuture>();
  RunUnwinding(
      [&](Env& env) { *call = env.network().StartCall(server, "never", ""); },
      [&](Env&) {
        EXPECT_FALSE(call->WaitUntil(VirtualTime::Infinite()) &&
                     !call->IsDone());
        std::vector<CallFuture> calls(1);
        calls[0] = std::move(*call);
        WaitForAny(calls);
      });
}

TEST_P(StopTest, SleepingAndYieldingReturnAtOnce) {
  RunUnwinding([](Env& env) {
    const VirtualTime before = env.clock().Now();
    env.clock().SleepFor(kLong);
    env.tasks().Yield();
    env.tasks().WaitUntilStopped();
    EXPECT_LT(env.clock().Now(), before + kLong);
  });
}

TEST_P(StopTest, SpawnDropsTheBodyAndThereIsNoTask) {
  RunUnwinding([](Env& env) {
    bool has_run = false;
    bool was_dropped = false;
    auto note = std::make_unique<AtEnd>([&] { was_dropped = true; });
    const TaskHandle task = env.tasks().Spawn(
        "late", [&has_run, note = std::move(note)] { has_run = true; });
    EXPECT_TRUE(task.IsDone());
    EXPECT_EQ(task.id(), TaskId());
    EXPECT_FALSE(has_run);
    EXPECT_TRUE(was_dropped);
    Timer timer(env);
    timer.After({}, [&] { has_run = true; });
    EXPECT_FALSE(timer.IsPending());
  });
}

TEST_P(StopTest, NobodyIsWokenAndNothingIsWaitedFor) {
  auto woken = std::make_shared<int>(0);
  RunUnwinding([woken](Env& env) {
    Mutex mutex;
    Condition condition;
    Channel<int> channel(1);
    Future<int> future;
    mutex.Lock();
    condition.Wait(mutex);
    EXPECT_FALSE(condition.WaitFor(mutex, kLong));
    mutex.Unlock();
    EXPECT_FALSE(channel.Receive().has_value());
    EXPECT_FALSE(future.WaitFor(kLong));
    condition.NotifyAll();
    env.tasks().Spawn("late", [woken] { ++*woken; }).Join();
  });
  EXPECT_EQ(*woken, 0);
}

TEST_P(StopTest, TheDiskAnswersCancelledAndDoesNothing) {
  std::atomic<int> boots = 0;
  std::atomic<int> asked = 0;
  std::atomic<bool> is_ready = false;
  std::atomic<bool> is_right = false;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    const bool is_first = ++boots == 1;
    Disk& disk = env.disk();
    auto file = disk.Open("file", OpenMode::kCreate);
    if (!is_first) {
      is_right = *(*file)->Read(0, 100) == "content" &&
                 *disk.List() == std::vector<std::string>{"file"};
    } else {
      EXPECT_TRUE((*file)->Append("content").ok());
      EXPECT_TRUE((*file)->Sync().ok());
      EXPECT_TRUE(disk.SyncDirectory().ok());
    }
    const AtEnd at_end([&] {
      EXPECT_EQ((*file)->Append("more").code(), StatusCode::kCancelled);
      EXPECT_EQ((*file)->Write(0, "X").code(), StatusCode::kCancelled);
      EXPECT_EQ((*file)->Truncate(0).code(), StatusCode::kCancelled);
      EXPECT_EQ((*file)->Sync().code(), StatusCode::kCancelled);
      EXPECT_EQ((*file)->Read(0, 1).status().code(), StatusCode::kCancelled);
      EXPECT_EQ(disk.Open("late", OpenMode::kCreate).status().code(),
                StatusCode::kCancelled);
      EXPECT_EQ(disk.Rename("file", "other").code(), StatusCode::kCancelled);
      EXPECT_EQ(disk.Remove("file").code(), StatusCode::kCancelled);
      EXPECT_EQ(disk.List().status().code(), StatusCode::kCancelled);
      EXPECT_EQ(disk.SyncDirectory().code(), StatusCode::kCancelled);
      ++asked;
    });
    is_ready = true;
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return is_ready.load(); }));
    rig().Crash(node);
    EXPECT_EQ(asked, 1);
    rig().Restart(node);
    EXPECT_TRUE(WaitUntil(env, [&] { return is_right.load(); }));
  });
}

TEST_P(StopTest, ATimerEndsForGood) {
  std::atomic<bool> is_ready = false;
  std::atomic<int> calls = 0;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    Timer timer(env);
    timer.After(Milliseconds(5), [&] { ++calls; });
    is_ready = true;
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return is_ready.load(); }));
    rig().Crash(node);
    const int before = calls;
    env.clock().SleepFor(kShort);
    EXPECT_EQ(calls, before);
  });
}

TEST_P(StopTest, ARestartRunsTheProgramAnewWithNothingOfTheOld) {
  std::atomic<int> boots = 0;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    ++boots;
    int calls = 0;
    env.network().Serve(
        "count", [&](NodeId, Bytes) { return Bytes(std::to_string(++calls)); });
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    const Bytes before = Ask(env, node, "count", "");
    EXPECT_NE(before, "");
    rig().Crash(node);
    rig().Restart(node);
    Ask(env, node, "count", "");
    EXPECT_EQ(boots, 2);
    if (rig().Has(RigTrait::kDeliversAll)) {
      EXPECT_EQ(Ask(env, node, "count", ""), "2");
    }
  });
}

}  // namespace
}  // namespace reprise
