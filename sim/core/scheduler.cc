#include "reprise/sim/core/scheduler.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/stack_arena.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

// See Context::describe.
void Describe(const Context& context, char* buffer, size_t size) {
  const Scheduler& scheduler = *context.scheduler;
  const auto seed = static_cast<unsigned long long>(scheduler.seed().value());
  const long long now = scheduler.now().nanoseconds();
  const std::string_view task =
      context.task != nullptr ? context.task->name() : "none";
  const std::string_view node =
      context.task != nullptr ? context.task->group().name() : "none";
  std::snprintf(buffer, size,
                "  seed %llu, virtual time %lld.%09lld s, task \"%.*s\", "
                "node \"%.*s\"\n",
                seed, now / 1'000'000'000, now % 1'000'000'000,
                static_cast<int>(task.size()), task.data(),
                static_cast<int>(node.size()), node.data());
}

void CheckStack(const Fiber& fiber) {
  if (!StackArena::IsIntact(fiber.stack())) [[unlikely]] {
    Fatal("a task overflowed its stack");
  }
}

bool IsCrashingNow() {
  const Task* task = CurrentContext().task;
  return task != nullptr && task->IsCrashing();
}

// A destructor may wait some times, each in vain.
constexpr uint64_t kMostWaitsRefused = 1'000'000;

[[noreturn]] void ReportSwallowed(const Task& task) {
  Misuse(absl::StrCat(task.FullName(),
                      " went on after it was to end: a catch (...) around "
                      "something that waits swallowed the unwinding"),
         "catch the types that you expect, or let the handler of catch (...) "
         "end with `throw;`");
}

// Thrown through a task whose stack is taken down. A handler that does not let
// it go on destroys it before it has arrived.
class TaskUnwinding {
 public:
  explicit TaskUnwinding(const Task& task) : task_(&task) {}
  TaskUnwinding(TaskUnwinding&& other) noexcept
      : task_(std::exchange(other.task_, nullptr)) {}
  TaskUnwinding& operator=(TaskUnwinding&&) = delete;
  ~TaskUnwinding() {
    if (task_ != nullptr) ReportSwallowed(*task_);
  }
  void Arrive() { task_ = nullptr; }

 private:
  const Task* task_;  // Null once it has arrived.
};

}  // namespace

Scheduler::Scheduler(Seed seed) : seed_(seed), pool_(CurrentFiberPool()) {}

Scheduler::~Scheduler() { Shutdown(); }

void Scheduler::Shutdown() {
  is_ending_ = true;
  for (; !groups_.empty(); groups_.pop_back()) {
    Kill(*groups_.back());
    groups_.back()->is_known_ = false;
  }
  pool_.Trim();
  is_ending_ = false;
}

void Scheduler::Abandon() {
  for (const TaskGroup* group : groups_) {
    for (Task* task = group->first(); task != nullptr;
         task = TaskGroup::Next(*task)) {
      ++task->life_;  // To whoever holds a handle, it has ended.
      if (const Stack* stack = task->stack()) {
        KeepReachable(stack->low, stack->size);
      }
    }
  }
  groups_.clear();
  pool_.KeepForever();
}

Task* Scheduler::Spawn(TaskGroup& group, std::string_view name,
                       absl::AnyInvocable<void()>&& function) {
  const Task* spawner = CurrentContext().task;
  if (spawner != nullptr && spawner->IsCrashing()) return nullptr;
  MemoryAccount* memory = std::exchange(CurrentContext().memory, nullptr);
  Task& task = MakeTask(group, name);
  if (spawner != nullptr) task.served_ = spawner->served_;
  task.function_ = std::move(function);
  queue_.PushReady(task);
  CurrentContext().memory = memory;
  return &task;
}

void Scheduler::Meet(TaskGroup& group) {
  group.is_known_ = true;
  groups_.push_back(&group);
}

RunResult Scheduler::Run(const RunLimits& limits) {
  REPRISE_CHECK(CurrentContext().task == nullptr, "Run inside a task");
  REPRISE_CHECK(caller_ == nullptr, "Run inside a Run of the same scheduler");
  if (has_lost_) {
    Misuse(
        "the world runs again, but tasks wait in a mutex, condition, channel, "
        "future or wait group that is gone",
        "let it live as long as the world: declare it before the first run, "
        "and end the world before it goes out of scope");
  }
  Context context = CurrentContext();
  context.scheduler = this;
  context.task = nullptr;
  context.memory = nullptr;
  context.describe = Describe;
  context.fault_sites = fault_sites_;
  const ScopedContext scope(context);
  is_stopped_ = was_told_to_stop_ = false;
  limits_ = limits;
  limits_.end = std::min({limits.end, limits.max_time, limits.look});
  caller_ = &pool_.running();
  pool_.SwitchToIdle();
  caller_ = nullptr;
  return Conclude(limits);
}

// A fiber may go idle in one world and be taken by another: whatever it does
// next, it asks anew whose scheduler is running.
void Scheduler::Carry() {
  for (;;) {
    try {
      CurrentContext().scheduler->RunTask();
      // tidy: allow(catch-all) no task unwinds to here
    } catch (...) {
      CurrentContext().scheduler->Fail(nullptr);
    }
  }
}

void Scheduler::Fail(const Task* task) {
  Context& context = CurrentContext();
  // What follows is the framework's own work.
  MemoryAccount* memory = std::exchange(context.memory, nullptr);
  if (!failure_) {
    failure_ = DescribeException();
    failure_->who = task != nullptr
                        ? absl::StrCat("node ", ToAbsl(task->group().name()),
                                       ", task \"", ToAbsl(task->name()), "\"")
                        : "an event";
    failure_->stack = throw_site_.Take();
  }
  context.memory = memory;
  is_stopped_ = true;
  if (task == nullptr) next_ = nullptr;
}

void Scheduler::RunTask() {
  if (!FireEvents()) {
    pool_.GoIdle(*caller_);
    return;
  }
  Task& task = *std::exchange(next_, nullptr);
  if (task.group_->is_paused_) [[unlikely]] {
    task.state_ = Task::State::kReady;
    task.group_->paused_.push_back(&task);
    return;
  }
  if (task_turns_ != nullptr && PutsOff(task)) [[unlikely]] {
    return;
  }
  CurrentContext().task = &task;
  task.state_ = Task::State::kRunning;
  ++task.turns_;
  ++task.group_->turns_;
  if (task.fiber_ != nullptr) {
    pool_.GoIdle(*task.fiber_);
  } else {
    Begin(task);
  }
}

// Whether there is a task to run; otherwise the Run is over.
bool Scheduler::FireEvents() {
  while (next_ == nullptr) {
    if (is_stopped_ || steps_ >= limits_.max_steps) return false;
    Event* event = queue_.Pop(limits_.end);
    if (event == nullptr) return false;
    ++steps_;
    if (const Event* next = queue_.Upcoming()) next->Prefetch();
    event->Fire();
  }
  return true;
}

// Runs a new task on the running fiber, until it has ended or unwound. By then
// others may have run on other fibers.
void Scheduler::Begin(Task& task) {
  task.fiber_ = &pool_.running();
  try {
    if (task.body_ != nullptr) {
      task.body_->Run();
    } else {
      task.function_();
    }
  } catch (TaskUnwinding& unwinding) {
    unwinding.Arrive();
    // tidy: allow(catch-all) the handler before it takes the unwinding
  } catch (...) {
    CurrentContext().memory = nullptr;
    Fail(&task);
  }
  CheckStack(*task.fiber_);
  if (task.unwinder_ != nullptr) [[unlikely]] {
    pool_.GoIdle(*task.unwinder_);
    return;
  }
  // What the function captured belongs to the task and ends with it.
  if (task.body_ == nullptr) task.function_ = nullptr;
  Context& context = CurrentContext();
  context.task = nullptr;
  context.memory = nullptr;
  End(task);
}

RunResult Scheduler::Conclude(const RunLimits& limits) {
  if (failure_) {
    return {RunEnd::kFailed, "", *std::exchange(failure_, std::nullopt)};
  }
  if (was_told_to_stop_) return {RunEnd::kStopped, ""};
  if (is_stopped_) return {RunEnd::kLook, ""};
  if (queue_.empty()) {
    if (limits.end != VirtualTime::Infinite()) {
      queue_.AdvanceTo(std::max(now(), limits.end));
    }
    if (unfinished_tasks_ == 0) return {RunEnd::kIdle, ""};
    if (limits.is_open) return {RunEnd::kTimeReached, ""};
    return {RunEnd::kDeadlocked, DescribeWaitingTasks()};
  }
  if (steps_ >= limits.max_steps) {
    return {RunEnd::kOutOfBudget,
            absl::StrCat("its budget of ", limits.max_steps,
                         " steps is spent\n", DescribeBusyTasks())};
  }
  if (limits.look < std::min(limits.end, limits.max_time)) {
    queue_.AdvanceTo(std::max(now(), limits.look));
    return {RunEnd::kLook, ""};
  }
  if (limits.max_time <= limits.end) {
    return {RunEnd::kOutOfBudget,
            absl::StrCat("its budget of ",
                         FormatDuration(limits.max_time.since_start()),
                         " of virtual time is spent\n", DescribeBusyTasks())};
  }
  queue_.AdvanceTo(std::max(now(), limits.end));
  return {RunEnd::kTimeReached, ""};
}

void Scheduler::Kill(TaskGroup& group) {
  group.is_paused_ = false;
  group.paused_.clear();
  while (group.last_ != nullptr) Unwind(*group.last_, Task::State::kCrashing);
}

bool Scheduler::Park(const WaitReason& reason, VirtualTime deadline) {
  Context& context = CurrentContext();
  Task* task = context.task;
  if (task == nullptr) RefuseWait(reason.ToString());
  if (task->state_ != Task::State::kRunning) [[unlikely]] {
    return RefusePark(*task);
  }
  // The queue is charged to nobody; the task's charges go on when it does.
  MemoryAccount* memory = std::exchange(context.memory, nullptr);
  task->state_ = Task::State::kWaiting;
  task->was_woken_ = false;
  task->wait_reason_ = &reason;
  task->is_resting_ = reason.is_rest || task->is_background_;
  if (task->is_resting_) --unfinished_tasks_;
  if (deadline != VirtualTime::Infinite()) {
    queue_.Push(*task, std::max(deadline, now()));
  }
  CheckStack(*task->fiber_);
  context.task = nullptr;
  pool_.SwitchToIdle();
  if (task->IsUnwinding()) [[unlikely]] {
    // The node that goes on is charged for what a cancelled task still makes.
    if (task->IsCancelling()) context.memory = memory;
    // tidy: allow(throw) nothing else takes a stack down
    throw TaskUnwinding(*task);
  }
  context.memory = memory;
  if (task->is_resting_) ++unfinished_tasks_;
  task->is_resting_ = false;
  return task->was_woken_;
}

bool Scheduler::RefusePark(Task& task) {
  if (task.state_ == Task::State::kLeaving) {
    NoteCancel(task);
    task.state_ = Task::State::kCancelling;
    waits_refused_ = 0;
    // tidy: allow(throw) the task takes its own stack down
    throw TaskUnwinding(task);
  }
  // Its unwinding is kept somewhere, as by std::current_exception().
  if (++waits_refused_ > kMostWaitsRefused) ReportSwallowed(task);
  return false;
}

void Scheduler::SleepUntil(VirtualTime wake) {
  Park({.what = "the clock"}, std::max(wake, now()));
}

void Scheduler::Yield() { Park({.what = "its turn"}, now()); }

void Scheduler::Wake(Task& task) {
  if (!IsCrashingNow()) MakeReady(task);
}

void Scheduler::MakeReady(Task& task) {
  if (task.state_ != Task::State::kWaiting || task.was_woken_) return;
  task.was_woken_ = true;
  if (task.has_put_off_) return;  // It is ready already, and runs then.
  if (task.IsScheduled()) queue_.Cancel(task);
  queue_.PushReady(task);
}

void Scheduler::End(Task& task) {
  task.state_ = Task::State::kFree;
  task.fiber_ = nullptr;
  task.body_ = nullptr;
  ++task.life_;
  if (!task.is_resting_) --unfinished_tasks_;
  task.group_->Remove(task);
  if (task.first_joiner_ != nullptr) [[unlikely]]
    WakeJoiners(task);
  pool_.ReleaseTask(task);
}

void Scheduler::Unwind(Task& task, Task::State how) {
  REPRISE_CHECK(task.state_ == Task::State::kReady ||
                    task.state_ == Task::State::kWaiting,
                "a task cannot end the tasks of its own node");
  if (task.IsScheduled()) queue_.Cancel(task);
  if (next_ == &task) next_ = nullptr;
  if (!task.group_->paused_.empty()) std::erase(task.group_->paused_, &task);
  const ScopedContext scope(
      {this, &task, nullptr, Describe, nullptr, CurrentContext().scenario});
  if (how == Task::State::kCancelling) NoteCancel(task);
  task.state_ = how;
  const uint64_t waits_refused = std::exchange(waits_refused_, 0);
  if (task.fiber_ != nullptr) {
    task.unwinder_ = &pool_.running();
    pool_.SwitchTo(*task.fiber_);
    task.unwinder_ = nullptr;
  } else if (task.body_ != nullptr) {
    task.body_->Drop();
  }
  task.function_ = nullptr;
  waits_refused_ = waits_refused;
  End(task);
}

void RefuseWait(std::string_view what) {
  Misuse(absl::StrCat("something outside the tasks of a world waits for ",
                      ToAbsl(what), ", but only a task can wait"),
         "put the code into node.Spawn() or node.OnBoot(); the scenario's own "
         "code, packet rules, scripts and threads of one's own cannot wait");
}

Scheduler& CurrentScheduler() {
  Scheduler* scheduler = CurrentContext().scheduler;
  REPRISE_CHECK(scheduler != nullptr, "nothing is simulated on this thread");
  return *scheduler;
}

}  // namespace reprise
