// How one task ends another, and waits for another's end.

#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// A task that waits for the end of another, on the stack of the one that waits.
// Leaves the list when that stack unwinds.
struct TaskJoiner {
  Task* awaited;  // Null once it has ended.
  Task* task;
  TaskJoiner* next = nullptr;
  TaskJoiner* previous = nullptr;

  TaskJoiner(Task& awaited, Task& task)
      : awaited(&awaited), task(&task), previous(awaited.last_joiner_) {
    (previous != nullptr ? previous->next : awaited.first_joiner_) = this;
    awaited.last_joiner_ = this;
  }
  ~TaskJoiner() {
    if (awaited != nullptr) Leave();
  }
  TaskJoiner(const TaskJoiner&) = delete;
  TaskJoiner& operator=(const TaskJoiner&) = delete;

  void Leave() {
    (next != nullptr ? next->previous : awaited->last_joiner_) = previous;
    (previous != nullptr ? previous->next : awaited->first_joiner_) = next;
    awaited = nullptr;
  }
};

void Scheduler::CancelTask(Task& task) {
  REPRISE_CHECK(&task.scheduler() == this, "a task of another world");
  if (task.IsUnwinding()) return;
  if (task.state_ == Task::State::kRunning) task.state_ = Task::State::kLeaving;
  if (task.state_ == Task::State::kLeaving) return;
  const Task* running = CurrentContext().task;
  const bool is_part_of_crash = running != nullptr && running->IsCrashing() &&
                                running->group_ == task.group_;
  Unwind(task, is_ending_ || is_part_of_crash ? Task::State::kCrashing
                                              : Task::State::kCancelling);
}

bool Scheduler::Join(Task& task, VirtualTime deadline) {
  REPRISE_CHECK(&task.scheduler() == this, "a task of another world");
  Task* joiner = CurrentContext().task;
  if (joiner == nullptr) {
    RefuseWait(absl::StrCat("the end of ", task.FullName()));
  }
  if (joiner == &task) {
    Misuse(absl::StrCat(task.FullName(), " waits for its own end"),
           "let another task join it");
  }
  const WaitReason reason{.what = "the end of task", .object = task.name()};
  if (joiner->IsUnwinding()) return Park(reason);
  const TaskJoiner waits(task, *joiner);
  Park(reason, deadline);
  return waits.awaited == nullptr;
}

void Scheduler::WakeJoiners(Task& task) {
  while (task.first_joiner_ != nullptr) {
    TaskJoiner& joiner = *task.first_joiner_;
    joiner.Leave();
    if (!is_ending_) MakeReady(*joiner.task);
  }
}

void Scheduler::NoteCancel(const Task& task) {
  if (task.group_->observe_cancel_) task.group_->observe_cancel_(task);
}

}  // namespace reprise
