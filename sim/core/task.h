// Task: a coroutine that runs on a node; TaskGroup: the tasks that end together
// when their node does.
//
// A task belongs to the scheduler that spawned it. It is its own wake-up event:
// a suspended task that waits for a time is in the event queue at that time.

#ifndef REPRISE_SIM_CORE_TASK_H_
#define REPRISE_SIM_CORE_TASK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/clock_rate.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/fiber.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/served_operation.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/time_source.h"
#include "reprise/sim/core/wall_clock.h"

namespace reprise {

class FiberPool;
class Scheduler;
class Task;
struct TaskJoiner;

// What a suspended task waits for, in words for a report on a deadlock: "reply
// to kv.Get #12", "mutex log". The views must live as long as the wait.
struct WaitReason {
  std::string_view what = {};
  std::string_view object = {};
  uint64_t number = 0;
  // A task that waits by design: neither unfinished work nor a deadlock.
  bool is_rest = false;

  std::string ToString() const;
};

// What a task does, given as an object that exists already, so that nothing is
// wrapped, moved or allocated.
class TaskBody {
 public:
  // The task's work.
  virtual void Run() = 0;
  // In place of Run, where the task ends before it has begun.
  virtual void Drop() = 0;

 protected:
  ~TaskBody() = default;
};

// Invariant: the list contains the tasks of the group that have not ended,
// oldest first. A group outlives its tasks.
class TaskGroup {
 public:
  // `clock` is the one that the tasks see, and `wall` is the time of day that
  // they see. Both must outlive the tasks.
  explicit TaskGroup(std::string_view name,
                     const ClockRate& clock = kClockWithoutDrift,
                     const WallClock& wall = kWallFromZero)
      : name_(name), clock_(clock), wall_(wall) {}
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  std::string_view name() const { return name_; }
  const ClockRate& clock() const { return clock_; }
  const WallClock& wall() const { return wall_; }
  // From now on the clock that the tasks see goes on while they run, as
  // `source` says, which must outlive them.
  void SetTimeSource(const TimeSource& source) { time_source_ = &source; }
  // What that clock says while an event of the world's time `now` fires.
  VirtualTime LocalTime(VirtualTime now) const {
    return time_source_ == nullptr ? clock_.LocalTime(now)
                                   : time_source_->Now();
  }
  // From now on `observe` is told of each task that is cancelled, before it
  // unwinds.
  void ObserveCancels(std::function<void(const Task&)> observe) {
    observe_cancel_ = std::move(observe);
  }
  Task* first() const { return first_; }
  // How often its tasks have run, from one suspension to the next, and how many
  // tasks it has had.
  uint64_t turns() const { return turns_; }
  uint64_t tasks_begun() const { return tasks_begun_; }
  // Whether a task would have run, but for the pause that is on.
  bool HoldsTasksUp() const { return !paused_.empty(); }
  static Task* Next(const Task& task);

 private:
  friend class Scheduler;

  static constexpr ClockRate kClockWithoutDrift = {};
  static constexpr WallClock kWallFromZero{};

  inline void Add(Task& task);
  inline void Remove(Task& task);

  std::string name_;
  const ClockRate& clock_;
  const WallClock& wall_;
  const TimeSource* time_source_ = nullptr;          // Null: time stands still.
  std::function<void(const Task&)> observe_cancel_;  // May be empty.
  bool is_known_ = false;                            // To the scheduler.
  bool is_paused_ = false;
  std::vector<Task*> paused_;  // Would have run, in this order.
  Task* first_ = nullptr;
  Task* last_ = nullptr;
  uint64_t turns_ = 0;
  uint64_t tasks_begun_ = 0;
};

class Task final : public Event {
 public:
  enum class State : uint8_t {
    kFree,
    kReady,
    kRunning,
    kLeaving,  // Cancelled itself; runs until it would next wait.
    kWaiting,
    kCrashing,    // Unwinds, and reaches nobody by what it does.
    kCancelling,  // Unwinds, and gives back what it held.
  };

  TaskId id() const { return id_; }
  std::string_view name() const { return name_; }
  const TaskGroup& group() const { return *group_; }
  State state() const { return state_; }
  // Whether the task's stack is taken down: it cannot wait any more.
  bool IsUnwinding() const { return state_ >= State::kCrashing; }
  // Whether a crash or the end of its world is unwinding the task, so that it
  // wakes nobody.
  bool IsCrashing() const { return state_ == State::kCrashing; }
  bool IsCancelling() const { return state_ == State::kCancelling; }
  // Differs from life to life of this object, which many tasks use in turn.
  uint64_t life() const { return life_; }
  // How often it has run, from one suspension to the next.
  uint64_t turns() const { return turns_; }
  // What it works for, and what those that it spawns from now on do.
  ServedOperation served() const { return served_; }
  void Serve(ServedOperation operation) { served_ = operation; }
  // From now on each of its waits is rest.
  void MoveToBackground();
  // Whether its wait has ended by its deadline, and it has yet to run: it was
  // forgotten or let others pass. What comes now comes too late.
  bool HasTimedOut() const { return has_put_off_ && !was_woken_; }
  // Whether it waits for a reason that is rest, or in the background.
  bool IsResting() const { return is_resting_; }
  // What it waits for, in words.
  std::string DescribeWait() const;
  // `task "boot" of node "server"`.
  std::string FullName() const;
  // `server: task "boot" waits for the end of its node`.
  std::string Describe() const;
  Scheduler& scheduler() const { return *scheduler_; }
  // Null before the task first ran.
  const Stack* stack() const {
    return fiber_ != nullptr ? &fiber_->stack() : nullptr;
  }

  // For a debugger: where its registers are saved while it is suspended.
  const void* SavedRegisters() const { return fiber_->saved_registers(); }

  // For the scheduler only.
  void Fire() override;

 private:
  friend class FiberPool;
  friend class Scheduler;
  friend class TaskGroup;
  friend struct TaskJoiner;

  // Begins another life.
  inline void Renew(Scheduler& scheduler, TaskId id, TaskGroup& group,
                    std::string_view name);

  TaskId id_;
  State state_ = State::kFree;
  bool was_woken_ = false;
  bool is_resting_ = false;  // See IsResting().
  bool is_background_ = false;
  bool has_put_off_ = false;  // Its turn, and so takes it when it comes again.
  uint64_t life_ = 0;
  uint64_t turns_ = 0;
  ServedOperation served_;
  std::string_view name_;
  Scheduler* scheduler_ = nullptr;
  TaskGroup* group_ = nullptr;
  Task* next_in_group_ = nullptr;  // While free: in the pool.
  Task* previous_in_group_ = nullptr;
  const WaitReason* wait_reason_ = nullptr;  // While it waits.
  TaskBody* body_ = nullptr;                 // What it does; null: function_.
  absl::AnyInvocable<void()> function_;
  Fiber* fiber_ = nullptr;     // The one that it began on; null before.
  Fiber* unwinder_ = nullptr;  // Where to go when its stack has unwound.
  // Those that wait for its end, in this order.
  TaskJoiner* first_joiner_ = nullptr;
  TaskJoiner* last_joiner_ = nullptr;
};

inline void Task::Renew(Scheduler& scheduler, TaskId id, TaskGroup& group,
                        std::string_view name) {
  id_ = id;
  state_ = State::kReady;
  name_ = name;
  scheduler_ = &scheduler;
  group_ = &group;
  is_resting_ = is_background_ = has_put_off_ = false;
  turns_ = 0;
  served_ = {};
}

inline void TaskGroup::Add(Task& task) {
  ++tasks_begun_;
  task.next_in_group_ = nullptr;
  task.previous_in_group_ = last_;
  (last_ != nullptr ? last_->next_in_group_ : first_) = &task;
  last_ = &task;
}

inline void TaskGroup::Remove(Task& task) {
  Task* next = task.next_in_group_;
  Task* previous = task.previous_in_group_;
  (next != nullptr ? next->previous_in_group_ : last_) = previous;
  (previous != nullptr ? previous->next_in_group_ : first_) = next;
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TASK_H_
