#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/env/random.h"
#include "tests/conformance/planted_bug.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

class SleepWakesEarly final : public ForwardingClock {
 public:
  using ForwardingClock::ForwardingClock;
  void SleepUntil(VirtualTime wake) override {
    ForwardingClock::SleepUntil(wake - Microseconds(100));
  }
};

class ClockGoesBack final : public ForwardingClock {
 public:
  using ForwardingClock::ForwardingClock;
  VirtualTime Now() const override {
    const VirtualTime now = ForwardingClock::Now();
    return ++calls_ % 2 == 0 ? now : now + Microseconds(1);
  }

 private:
  mutable uint64_t calls_ = 0;
};

class SpawnRunsAtOnce final : public ForwardingTasks {
 public:
  using ForwardingTasks::ForwardingTasks;
  TaskHandle Spawn(std::string_view, absl::AnyInvocable<void()> body) override {
    body();
    return TaskHandle();
  }
};

// So that nobody can cancel the task, and what it locks stays locked.
class SpawnGivesNoHandle final : public ForwardingTasks {
 public:
  using ForwardingTasks::ForwardingTasks;
  TaskHandle Spawn(std::string_view name,
                   absl::AnyInvocable<void()> body) override {
    ForwardingTasks::Spawn(name, std::move(body));
    return TaskHandle();
  }
};

class YieldDoesNothing final : public ForwardingTasks {
 public:
  using ForwardingTasks::ForwardingTasks;
  void Yield() override {}
};

class WaitUntilStoppedReturns final : public ForwardingTasks {
 public:
  using ForwardingTasks::ForwardingTasks;
  void WaitUntilStopped() override { Yield(); }
};

class RandomRepeats final : public ForwardingEnv, private Random {
 public:
  using ForwardingEnv::ForwardingEnv;
  Random& random() override { return *this; }

 private:
  uint64_t Next() override { return draws_++ / 2; }

  uint64_t draws_ = 0;
};

class LogIsLost final : public ForwardingEnv {
 public:
  using ForwardingEnv::ForwardingEnv;
  void WriteLog(LogLevel, std::string_view, LogFields) override {}
};

}  // namespace

std::vector<PlantedBug> BugsOfClocksAndTasks() {
  return {
      {"SleepWakesEarly",
       "ClockTest.ASleeperWakesAtOrAfterTheInstantAskedForAndNotMuchLater",
       MakeEnv<WithClock<SleepWakesEarly>>},
      {"ClockGoesBack", "ClockTest.NowNeverGoesBack",
       MakeEnv<WithClock<ClockGoesBack>>},
      {"SpawnRunsAtOnce", "TasksTest.ASpawnedTaskRunsAfterWhatIsReadyAlready",
       MakeEnv<WithTasks<SpawnRunsAtOnce>>},
      {"SpawnGivesNoHandle",
       "TaskHandleTest.AMutexOfACancelledTaskGoesToTheTaskThatWaitsForIt",
       MakeEnv<WithTasks<SpawnGivesNoHandle>>},
      {"YieldDoesNothing", "TasksTest.YieldLetsEveryTaskThatIsReadyRun",
       MakeEnv<WithTasks<YieldDoesNothing>>},
      {"WaitUntilStoppedReturns",
       "TasksTest.WaitUntilStoppedEndsWhenItsNodeStopsAndNotBefore",
       MakeEnv<WithTasks<WaitUntilStoppedReturns>>},
      {"RandomRepeats", "EnvTest.RandomWordsDiffer", MakeEnv<RandomRepeats>},
      {"LogIsLost", "EnvTest.ALineIsLoggedWithItsFieldsWhereSomebodyListens",
       MakeEnv<LogIsLost>},
  };
}

}  // namespace reprise
