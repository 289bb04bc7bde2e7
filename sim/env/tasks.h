// Tasks of one node: starting more of them, and resting while others serve.
//
//   tasks.Spawn("compaction", [&] { ... });
//   tasks.WaitUntilStopped();  // The last line of a server.
//
//   TaskHandle flush = tasks.Spawn("flush", [&] { ... });
//   flush.Join();

#ifndef REPRISE_SIM_ENV_TASKS_H_
#define REPRISE_SIM_ENV_TASKS_H_

#include <string_view>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/text/text_view.h"

namespace reprise {

class Tasks {
 public:
  virtual ~Tasks() = default;

  // Runs `body` as a task of this node, from the current instant on, after
  // what is already ready to run. `name` appears in traces and reports. The
  // task needs no handle: where it is dropped, the task goes on by itself.
  // While a crashed task unwinds, `body` is dropped and there is no task.
  virtual TaskHandle Spawn(std::string_view name,
                           absl::AnyInvocable<void()> body) = 0;
  // The same for Abseil's text.
  template <AbslText Text>
  TaskHandle Spawn(Text name, absl::AnyInvocable<void()> body) {
    return Spawn(TextView(name), std::move(body));
  }

  // Suspends the calling task until its node stops. A task that waits here is
  // at rest: it counts neither as unfinished work nor as part of a deadlock.
  virtual void WaitUntilStopped() = 0;

  // Lets every task that is ready run before the calling one goes on.
  virtual void Yield() = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_TASKS_H_
