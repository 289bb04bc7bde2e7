// Scheduler: virtual time, the event queue and the tasks of one world.
//
// Guarantees: events fire in the order of (time, sequence number); a task that
// becomes ready runs after what was ready before it, but for task turns. One
// task runs at a time, on the thread that called Run. The destructor unwinds
// the tasks that have not ended, newest first: a task may use what an older one
// of its node owns, as a handler uses the locks of its server.
//
// The loop that fires events has no stack of its own: it runs on a fiber, like
// the tasks. It calls a new task as a plain function, on its own fiber. A task
// that suspends keeps that fiber, and an idle fiber takes over the loop. When
// the task is woken, the scheduler switches back to the task's fiber; when the
// task ends, it returns to the loop that called it, which continues there. So
// a task that never suspends costs no switch of stacks; each suspension, two.
//
//   Scheduler scheduler(Seed(1));
//   TaskGroup group("host");
//   scheduler.Spawn(group, "hello", [&] { scheduler.SleepUntil(...); });
//   RunResult result = scheduler.Run({});

#ifndef REPRISE_SIM_CORE_SCHEDULER_H_
#define REPRISE_SIM_CORE_SCHEDULER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/fiber_pool.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/throw_site.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class DebuggedWorld;
class ForbiddenCalls;
class TaskTurns;

class Scheduler {
 public:
  explicit Scheduler(Seed seed);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  Seed seed() const { return seed_; }
  VirtualTime now() const { return queue_.now(); }
  uint64_t steps() const { return steps_; }

  // A new task, ready to run. `group` and the text of `name` must outlive it.
  // While a crashed task unwinds, the function is dropped and there is none.
  Task* Spawn(TaskGroup& group, std::string_view name,
              absl::AnyInvocable<void()>&& function);

  // As Spawn, but the task runs as soon as the firing event is done, before
  // everything that is ready, unless somebody decides about turns. Requires
  // that an event is firing and has asked for no other task. `body` must last
  // until it has run or was dropped.
  Task& SpawnNext(TaskGroup& group, std::string_view name, TaskBody& body) {
    Task& task = MakeTask(group, name);
    task.body_ = &body;
    task_turns_ == nullptr ? RunNext(task) : queue_.PushReady(task);
    return task;
  }

  // `sites` decides which of the fault sites that tasks pass during Run fire;
  // null: none fires.
  void SetFaultSites(FaultSites* sites) { fault_sites_ = sites; }
  // Who decides in which order ready tasks run; null: first come, first served.
  // Where it becomes null, nobody stays forgotten.
  void SetTaskTurns(TaskTurns* turns);

  // Requires that no Run is in progress. An exception that leaves a task or an
  // event ends the run as kFailed.
  RunResult Run(const RunLimits& limits);
  bool IsRunning() const { return caller_ != nullptr; }
  // Ends the Run in progress after the current event.
  void Stop() { is_stopped_ = was_told_to_stop_ = true; }
  // As Stop(), for somebody who looks at the world and runs it on: kLook.
  void StopToLook() { is_stopped_ = true; }
  // Whether Stop() was called since the last Run began.
  bool WasToldToStop() const { return was_told_to_stop_; }

  // How many tasks have not ended and are not at rest.
  size_t unfinished_tasks() const { return unfinished_tasks_; }
  // How many events are scheduled (each ready task is one), and when the first.
  size_t pending_events() const { return queue_.size(); }
  VirtualTime next_event_time() const { return queue_.NextTime(); }

  // From now on the group's tasks do not run. Resume runs those that would have
  // run meanwhile, in the order in which they would have.
  void Pause(TaskGroup& group) { group.is_paused_ = true; }
  void Resume(TaskGroup& group);

  // What TaskHandle::Cancel does; inside a crash of the task's group: a crash.
  void CancelTask(Task& task);

  // Suspends the running task until `task`, which has not ended, ends, or until
  // `deadline` of the world's time. Returns whether it has ended.
  bool Join(Task& task, VirtualTime deadline);

  // Unwinds the group's tasks, newest first, because they may use what older
  // ones own. Requires that none of them is running.
  void Kill(TaskGroup& group);

  // Unwinds every task, group by group: the group whose first task is newest
  // comes first. After this the groups and the scheduler may be destroyed, in
  // any order.
  void Shutdown();

  // Leaves every task as it is, for ever: what tasks use is gone, so they
  // cannot unwind. Nothing of the scheduler and of its groups may be used or
  // destroyed after this.
  void Abandon();
  // Whether Shutdown() is in progress.
  bool IsEnding() const { return is_ending_; }
  // Something that tasks wait in is gone: the tasks cannot run any more.
  void NoteLost() { has_lost_ = true; }

  // Events other than tasks. Requires `at` >= now().
  void Schedule(Event& event, VirtualTime at) { queue_.Push(event, at); }
  void Cancel(Event& event) { queue_.Cancel(event); }

  // Suspends the running task until Wake, or until `deadline` of the world's
  // time, whatever clock the task sees. Returns whether it was woken. While the
  // task unwinds, returns false at once.
  bool Park(const WaitReason& reason,
            VirtualTime deadline = VirtualTime::Infinite());
  void SleepUntil(VirtualTime wake);
  void Yield();

  // Makes a suspended task ready. Does nothing if the task is not suspended or
  // is ready already, or while the running task unwinds.
  void Wake(Task& task);
  // As Wake, but runs the task as SpawnNext does.
  void WakeNext(Task& task) {
    if (task_turns_ != nullptr) return MakeReady(task);
    if (task.state_ != Task::State::kWaiting || task.was_woken_) return;
    if (task.IsScheduled()) queue_.Cancel(task);
    task.was_woken_ = true;
    RunNext(task);
  }

  // From now on `calls` keeps what tasks call although the sandbox forbids it;
  // null: such a call stops the program. `calls` must outlive the runs.
  void SetForbiddenCalls(ForbiddenCalls* calls) { forbidden_calls_ = calls; }
  ForbiddenCalls* forbidden_calls() const { return forbidden_calls_; }

  // Who tells a debugger more; null: nobody.
  void SetDebuggedWorld(const DebuggedWorld* world);
  const DebuggedWorld* debugged_world() const { return debugged_world_; }

  // Where exceptions of the run in progress come from.
  ThrowSite& throw_site() { return throw_site_; }

  // The tasks that have not ended, at rest or not: group by group in the order
  // of their first tasks, the oldest of each first. A pointer is valid until
  // its task ends.
  std::vector<const Task*> Tasks() const;
  // A line for each of the first of Tasks(), and how many more there are.
  std::string DescribeWaitingTasks() const;
  // The groups whose tasks ran most often, and in each the tasks that did and
  // what they wait for: who keeps a world busy that does not end.
  std::string DescribeBusyTasks() const;

 private:
  friend class FiberPool;
  friend class Task;

  // The body of every fiber of a pool: the loop that fires events.
  [[noreturn]] static void Carry();
  // Ends the run because of the exception that is being handled.
  void Fail(const Task* task);
  // Fires events until a task is to run, and runs it.
  void RunTask();
  bool FireEvents();
  // Runs a new task. Call stacks of tasks end at this function.
  [[gnu::noinline]] void Begin(Task& task);
  void End(Task& task);
  void Unwind(Task& task, Task::State how);
  void MakeReady(Task& task);
  void WakeJoiners(Task& task);
  void NoteCancel(const Task& task);
  // What waiting is to a task that cannot.
  bool RefusePark(Task& task);
  void Meet(TaskGroup& group);
  Task& MakeTask(TaskGroup& group, std::string_view name);
  void RunNext(Task& task) {
    REPRISE_CHECK(CurrentContext().task == nullptr, "called by a task");
    REPRISE_CHECK(next_ == nullptr, "an event runs one task");
    next_ = &task;
  }
  // Whether the task, whose turn has come, runs later instead.
  bool PutsOff(Task& task);
  RunResult Conclude(const RunLimits& limits);

  Seed seed_;
  EventQueue queue_;
  RunLimits limits_;         // Of the Run in progress.
  Fiber* caller_ = nullptr;  // Who waits for the end of the Run in progress.
  Task* next_ = nullptr;     // Runs when the event has fired.
  uint64_t steps_ = 0;
  uint64_t next_task_id_ = 1;
  bool is_stopped_ = false;
  bool was_told_to_stop_ = false;
  bool is_ending_ = false;
  uint64_t waits_refused_ = 0;  // By the task that unwinds.
  bool has_lost_ = false;       // See NoteLost().
  size_t unfinished_tasks_ = 0;
  // The groups that have or had tasks, in the order of their first tasks.
  std::vector<TaskGroup*> groups_;
  FiberPool& pool_;
  ForbiddenCalls* forbidden_calls_ = nullptr;
  FaultSites* fault_sites_ = nullptr;
  TaskTurns* task_turns_ = nullptr;
  std::optional<TaskFailure> failure_;  // Of the Run in progress.
  ThrowSite throw_site_;
  const DebuggedWorld* debugged_world_ = nullptr;
};

inline Task& Scheduler::MakeTask(TaskGroup& group, std::string_view name) {
  Task& task = pool_.AcquireTask();
  task.Renew(*this, TaskId(next_task_id_++), group, name);
  ++unfinished_tasks_;
  if (!group.is_known_) Meet(group);
  group.Add(task);
  return task;
}

inline void Task::Fire() { scheduler_->RunNext(*this); }

// Stops the program: something that is no task waits for `what`.
[[noreturn]] void RefuseWait(std::string_view what);
// The scheduler whose task is running. Requires that one is.
Scheduler& CurrentScheduler();

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_SCHEDULER_H_
