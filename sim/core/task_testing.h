// TaskFixture: a test on one scheduler whose tasks write down what they do.
//
// Guarantees: tasks that a test leaves unfinished end with the fixture, before
// its members but after the test's own variables; a test whose tasks refer to
// its variables calls Shutdown first.
//
//   using MutexTest = TaskFixture;
//   TEST_F(MutexTest, ...) {
//     Spawn("a", [&] { SleepFor(Milliseconds(1)); Log("a"); });
//     EXPECT_EQ(Run().end, RunEnd::kIdle);
//     EXPECT_THAT(log_, ElementsAre("a"));
//   }

#ifndef REPRISE_SIM_CORE_TASK_TESTING_H_
#define REPRISE_SIM_CORE_TASK_TESTING_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// An event that is not a task.
class FunctionEvent final : public Event {
 public:
  explicit FunctionEvent(std::function<void()> function)
      : function_(std::move(function)) {}
  void Fire() override { function_(); }

 private:
  std::function<void()> function_;
};

// A task's work as functions.
class FunctionBody final : public TaskBody {
 public:
  FunctionBody(std::function<void()> run, std::function<void()> drop)
      : run_(std::move(run)), drop_(std::move(drop)) {}
  void Run() override { run_(); }
  void Drop() override { drop_(); }

 private:
  std::function<void()> run_;
  std::function<void()> drop_;
};

class TaskFixture : public testing::Test {
 protected:
  TaskHandle Spawn(std::string_view name, absl::AnyInvocable<void()> body) {
    return TaskHandle(scheduler_.Spawn(group_, name, std::move(body)));
  }
  // In the other group.
  TaskHandle SpawnOther(std::string_view name,
                        absl::AnyInvocable<void()> body) {
    return TaskHandle(scheduler_.Spawn(other_group_, name, std::move(body)));
  }
  void SleepFor(Duration duration) {
    scheduler_.SleepUntil(scheduler_.now() + duration);
  }
  void Log(std::string_view text) { log_.emplace_back(text); }
  RunResult Run(const RunLimits& limits = {}) { return scheduler_.Run(limits); }

  std::vector<std::string> log_;
  TaskGroup group_{"host"};
  TaskGroup other_group_{"other"};
  Scheduler scheduler_{Seed(1)};
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TASK_TESTING_H_
