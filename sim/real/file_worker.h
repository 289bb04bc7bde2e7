// tidy: allow-file(shared-ptr) a task, its work and a thread end in any order
//
// FileWorker: a thread for what blocks, such as a sync, so that the tasks of an
// EventLoop go on meanwhile.
//
// A task hands it a function and is suspended until the function has run.
//
// Guarantees: the functions of one worker run one at a time, in the order in
// which they were handed over. One that was handed over runs to its end, also
// where its task is cancelled or crashes meanwhile. While a task unwinds,
// nothing is started for it.
//
// Requires that a function owns what it uses: it may outlive the task that
// waits for it, so it must not refer to its stack. All is called on the loop's
// thread.
//
//   FileWorker worker(loop);
//   absl::StatusOr<std::string> text = worker.Run(
//       [file] { return ReadSlowly(*file); });

#ifndef REPRISE_SIM_REAL_FILE_WORKER_H_
#define REPRISE_SIM_REAL_FILE_WORKER_H_

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/real/event_loop.h"

namespace reprise {

class FileWorker {
 public:
  // `loop` must outlive it.
  explicit FileWorker(EventLoop& loop);
  // Waits for the function that runs. Those that have not begun never run;
  // tasks that wait for them get Cancelled.
  ~FileWorker();
  FileWorker(const FileWorker&) = delete;
  FileWorker& operator=(const FileWorker&) = delete;

  // Runs `function`, which answers a Status or a StatusOr, and returns its
  // answer. Suspends the running task; outside tasks it blocks the thread.
  // `settle` is called with the answer between tasks, before the task goes on
  // and also where the task is gone. Errors: those of `function`; Cancelled
  // while the task unwinds, and where the worker ends first.
  template <typename Function, typename Settle>
  std::invoke_result_t<Function&> Run(Function function, Settle settle) {
    using Answer = std::invoke_result_t<Function&>;
    const auto work = std::make_shared<FunctionWork<Answer, Function, Settle>>(
        std::move(function), std::move(settle));
    const absl::Status status = Wait(work);
    if (!status.ok()) return status;
    return *std::move(work->answer);
  }
  template <typename Function>
  std::invoke_result_t<Function&> Run(Function function) {
    return Run(std::move(function), [](const auto&) {});
  }

 private:
  enum class WorkState { kPending, kSettled, kDropped };

  struct Work {
    virtual ~Work() = default;
    virtual void Do() = 0;      // On the helping thread.
    virtual void Settle() = 0;  // On the loop's.

    WaitQueue waiters;
    WorkState state = WorkState::kPending;
  };
  template <typename Answer, typename Function, typename Settler>
  struct FunctionWork final : Work {
    FunctionWork(Function&& the_function, Settler&& the_settler)
        : function(std::move(the_function)), settler(std::move(the_settler)) {}
    void Do() override { answer.emplace(function()); }
    void Settle() override { settler(*answer); }

    Function function;
    Settler settler;
    std::optional<Answer> answer;
  };
  class Queue;

  absl::Status Wait(const std::shared_ptr<Work>& work);

  const std::shared_ptr<Queue> queue_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FILE_WORKER_H_
