// LoopHost: an event loop on which a test runs functions as tasks.
//
//   LoopHost host;
//   host.Run([&] { EXPECT_TRUE(disk.SyncDirectory().ok()); });

#ifndef REPRISE_SIM_REAL_TESTING_LOOP_HOST_H_
#define REPRISE_SIM_REAL_TESTING_LOOP_HOST_H_

#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/real/event_loop.h"

namespace reprise {

class LoopHost {
 public:
  EventLoop& loop() { return loop_; }

  // Runs `body` as a task, with whatever it spawns, until it has ended.
  void Run(std::function<void()> body) {
    Spawn("test", [this, body] {
      body();
      loop_.Stop();
    });
    const absl::Status status = loop_.Run();
    EXPECT_TRUE(status.ok()) << status;
  }
  // Requires that the text of `name` outlives the task.
  TaskHandle Spawn(std::string_view name, std::function<void()> body) {
    return TaskHandle(loop_.scheduler().Spawn(group_, name, std::move(body)));
  }
  // Unwinds all tasks, as a crash does.
  void Kill() { loop_.scheduler().Kill(group_); }

 private:
  TaskGroup group_{"test"};
  EventLoop loop_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_LOOP_HOST_H_
