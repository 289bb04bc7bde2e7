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

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"

namespace reprise {

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
