#include "reprise/sim/real/file_worker.h"

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/testing/loop_host.h"

namespace reprise {
namespace {

// A function that a worker is busy with until it is let go.
class Gate {
 public:
  auto Function() {
    return [begun = begun_, open = open_.get_future().share()] {
      begun->set_value();
      open.wait();
      return absl::OkStatus();
    };
  }
  void WaitUntilBegun() { begun_->get_future().wait(); }
  void Open() { open_.set_value(); }

 private:
  const std::shared_ptr<std::promise<void>> begun_ =
      std::make_shared<std::promise<void>>();
  std::promise<void> open_;
};

TEST(FileWorkerTest, AnswersWhatTheFunctionAnswersOnAnotherThread) {
  LoopHost host;
  FileWorker worker(host.loop());
  host.Run([&] {
    const absl::StatusOr<std::thread::id> thread =
        worker.Run([]() -> absl::StatusOr<std::thread::id> {
          return std::this_thread::get_id();
        });
    ASSERT_TRUE(thread.ok());
    EXPECT_NE(*thread, std::this_thread::get_id());
    EXPECT_EQ(worker.Run([] { return absl::DataLossError("gone"); }),
              absl::DataLossError("gone"));
  });
}

TEST(FileWorkerTest, LetsOtherTasksGoOnMeanwhile) {
  LoopHost host;
  FileWorker worker(host.loop());
  Gate gate;
  host.Run([&] {
    host.Spawn("other", [&] {
      gate.WaitUntilBegun();
      gate.Open();
    });
    EXPECT_TRUE(worker.Run(gate.Function()).ok());
  });
}

TEST(FileWorkerTest, RunsInTheOrderOfTheCalls) {
  LoopHost host;
  FileWorker worker(host.loop());
  const auto seen = std::make_shared<std::vector<int>>();
  std::vector<TaskHandle> tasks;
  std::vector<int> settled;
  for (int i = 0; i < 100; ++i) {
    tasks.push_back(host.Spawn("one", [&, i, seen] {
      const absl::Status status = worker.Run(
          [i, seen] {
            seen->push_back(i);
            return absl::OkStatus();
          },
          [&, i](const absl::Status&) { settled.push_back(i); });
      EXPECT_TRUE(status.ok());
      EXPECT_GT(settled.size(), static_cast<size_t>(i));
    }));
  }
  host.Run([&] {
    for (const TaskHandle& task : tasks) task.Join();
  });
  ASSERT_EQ(seen->size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ((*seen)[i], i);
  EXPECT_EQ(settled, *seen);
}

TEST(FileWorkerTest, FinishesWhatACancelledTaskBegan) {
  LoopHost host;
  FileWorker worker(host.loop());
  Gate gate;
  bool was_settled = false;
  host.Run([&] {
    const TaskHandle task = host.Spawn("cancelled", [&] {
      (void)worker.Run(gate.Function(),
                       [&](const absl::Status&) { was_settled = true; });
      ADD_FAILURE() << "it was cancelled";
    });
    CurrentScheduler().Yield();
    gate.WaitUntilBegun();
    task.Cancel();
    EXPECT_TRUE(task.IsDone());
    gate.Open();
    // Runs after what was begun.
    EXPECT_TRUE(worker.Run([] { return absl::OkStatus(); }).ok());
    EXPECT_TRUE(was_settled);
  });
}

TEST(FileWorkerTest, StartsNothingWhileATaskUnwinds) {
  LoopHost host;
  FileWorker worker(host.loop());
  const auto has_run = std::make_shared<std::atomic<bool>>(false);
  absl::Status status;
  struct AtEnd {
    std::function<void()> function;
    ~AtEnd() { function(); }
  };
  host.Run([&] {
    host.Spawn("killed", [&] {
      const AtEnd at_end{[&] {
        status = worker.Run([has_run] {
          *has_run = true;
          return absl::OkStatus();
        });
      }};
      CurrentScheduler().SleepUntil(VirtualTime::Infinite());
    });
    CurrentScheduler().Yield();
  });
  host.Kill();
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_TRUE(worker.Run([] { return absl::OkStatus(); }).ok());
  EXPECT_FALSE(*has_run);
}

TEST(FileWorkerTest, BlocksOutsideTasks) {
  LoopHost host;
  FileWorker worker(host.loop());
  bool was_settled = false;
  EXPECT_EQ(*worker.Run([]() -> absl::StatusOr<int> { return 7; },
                        [&](const auto&) { was_settled = true; }),
            7);
  EXPECT_TRUE(was_settled);
}

TEST(FileWorkerTest, EndsAfterWhatRunsAndDropsTheRest) {
  LoopHost host;
  auto worker = std::make_unique<FileWorker>(host.loop());
  Gate gate;
  const auto has_run = std::make_shared<std::atomic<bool>>(false);
  absl::Status first;
  bool was_settled = false;
  host.Run([&] {
    const TaskHandle runs = host.Spawn("runs", [&] {
      first = worker->Run(gate.Function(),
                          [&](const absl::Status&) { was_settled = true; });
    });
    const TaskHandle waits = host.Spawn("waits", [&] {
      // Lets the first one go on when it is dropped.
      const std::shared_ptr<int> opener(new int, [&gate](const int* number) {
        delete number;
        gate.Open();
      });
      (void)worker->Run([has_run, opener] {
        *has_run = true;
        return absl::OkStatus();
      });
    });
    CurrentScheduler().Yield();
    gate.WaitUntilBegun();
    waits.Cancel();
    worker = nullptr;
    runs.Join();
  });
  EXPECT_TRUE(absl::IsCancelled(first)) << first;
  EXPECT_FALSE(*has_run);
  EXPECT_FALSE(was_settled);
}

}  // namespace
}  // namespace reprise
