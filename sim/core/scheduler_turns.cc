// When tasks that are ready run: after a pause, or as somebody decides.

#include <cstdint>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_turns.h"
#include "reprise/sim/core/time.h"

namespace reprise {

void Scheduler::Resume(TaskGroup& group) {
  group.is_paused_ = false;
  for (Task* task : group.paused_) queue_.PushReady(*task);
  group.paused_.clear();
}

void Scheduler::SetTaskTurns(TaskTurns* turns) {
  task_turns_ = turns;
  if (turns != nullptr) return;
  for (const TaskGroup* group : groups_) {
    for (Task* task = group->first(); task != nullptr;
         task = TaskGroup::Next(*task)) {
      if (!std::exchange(task->has_put_off_, false)) continue;
      if (!task->IsScheduled()) continue;
      queue_.Cancel(*task);
      queue_.PushReady(*task);
    }
  }
}

bool Scheduler::PutsOff(Task& task) {
  if (task.has_put_off_) {
    task.has_put_off_ = false;
    return false;
  }
  const uint64_t others = queue_.CountReady(TaskTurns::kMostOthers);
  const TaskTurn turn = task_turns_->TakeTurn(task, others);
  REPRISE_CHECK(turn.lets_pass <= others, "nobody else is ready");
  if (turn.forgotten != Duration()) {
    queue_.Push(task, now() + turn.forgotten);
  } else if (turn.lets_pass > 0) {
    queue_.PushBehind(task, turn.lets_pass);
  } else {
    return false;
  }
  task.has_put_off_ = true;
  return true;
}

}  // namespace reprise
