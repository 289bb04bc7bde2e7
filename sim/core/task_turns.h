// TaskTurns: who decides in which order the tasks run that are ready at one
// instant.
//
// Without one, they run first come, first served, and a task that an event
// hands over to runs at once. With one, every task waits for its turn; when
// that comes, the task may let some of the others pass, or be forgotten for a
// while, as on a machine that schedules threads as it likes. See Musuvathi et
// al., "Finding and reproducing Heisenbugs in concurrent programs", OSDI 2008.
//
//   scheduler.SetTaskTurns(&turns);

#ifndef REPRISE_SIM_CORE_TASK_TURNS_H_
#define REPRISE_SIM_CORE_TASK_TURNS_H_

#include <cstdint>

#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// What a task does whose turn has come. It runs where both are 0.
struct TaskTurn {
  uint64_t lets_pass = 0;   // So many of the others that are ready.
  Duration forgotten = {};  // Its turn comes again after this.
};

class TaskTurns {
 public:
  // A task is told of no more of the others that are ready.
  static constexpr uint64_t kMostOthers = 64;

  // The turn of `task` has come, and `others` more events, most of them other
  // tasks, are due now. Asked once for each time that the task becomes ready.
  virtual TaskTurn TakeTurn(const Task& task, uint64_t others) = 0;

 protected:
  ~TaskTurns() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TASK_TURNS_H_
