#include "reprise/sim/core/debugger.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

// The text of `describe`, of the scheduler that runs. It outlives everything.
template <typename Describe>
const char* KeepText(Describe describe) {
  Context& context = CurrentContext();
  if (context.scheduler == nullptr) {
    return strdup("no world is running on this thread\n");
  }
  // Whose code is stopped is not charged.
  MemoryAccount* memory = std::exchange(context.memory, nullptr);
  const char* text = strdup(describe(*context.scheduler).c_str());
  context.memory = memory;
  return text;
}

std::string StateOf(const Task& task) {
  if (&task == CurrentContext().task) return "is running";
  switch (task.state()) {
    case Task::State::kReady:
      return task.stack() != nullptr ? "stands still" : "has not begun";
    case Task::State::kWaiting:
      return absl::StrCat("waits for ", task.DescribeWait());
    case Task::State::kCrashing:
    case Task::State::kCancelling:
      return "unwinds";
    case Task::State::kFree:
    case Task::State::kRunning:
    case Task::State::kLeaving:
      break;
  }
  return "is running";
}

std::string DescribeTasks(const Scheduler& scheduler) {
  std::string text;
  for (const Task* task : scheduler.Tasks()) {
    absl::StrAppend(&text, "task ", task->id().value(), "  ",
                    ToAbsl(task->group().name()), "  ", ToAbsl(task->name()),
                    "  ", StateOf(*task), "\n");
  }
  return text.empty() ? "there are no tasks\n" : text;
}

std::string DescribeTimers(const Scheduler& scheduler) {
  std::string text;
  uint64_t count = 0;
  for (const Task* task : scheduler.Tasks()) {
    if (task->stack() == nullptr || !task->IsScheduled()) continue;
    ++count;
    absl::StrAppend(&text, "  ", FormatTime(EventQueue::TimeOf(*task)),
                    "  task ", task->id().value(), "  ",
                    ToAbsl(task->group().name()), "  ", ToAbsl(task->name()),
                    "\n");
  }
  return absl::StrCat("timers of tasks: ", count, "\n", text);
}

std::string DescribeWorld(const Scheduler& scheduler) {
  std::string text =
      absl::StrCat("seed ", scheduler.seed().value(), ", ",
                   FormatTime(scheduler.now()), ", step ", scheduler.steps(),
                   ", ", scheduler.pending_events(), " events are scheduled\n");
  if (scheduler.debugged_world() != nullptr) {
    text += scheduler.debugged_world()->DescribeForDebugger();
  }
  return text + DescribeTimers(scheduler);
}

}  // namespace
}  // namespace reprise

extern "C" {

[[gnu::used]] const char* reprise_debug_tasks() {
  return reprise::KeepText(reprise::DescribeTasks);
}

[[gnu::used]] const char* reprise_debug_world() {
  return reprise::KeepText(reprise::DescribeWorld);
}

[[gnu::used]] const void* reprise_debug_frame(uint64_t task) {
  const reprise::Context& context = reprise::CurrentContext();
  if (context.scheduler == nullptr) return nullptr;
  for (const reprise::Task* each : context.scheduler->Tasks()) {
    const bool is_left = each != context.task && each->stack() != nullptr;
    if (each->id().value() == task && is_left) return each->SavedRegisters();
  }
  return nullptr;
}

}  // extern "C"

namespace reprise {

void Scheduler::SetDebuggedWorld(const DebuggedWorld* world) {
  // Refers to the functions, so that a program that simulates has them.
  static const void* const functions[] = {
      reinterpret_cast<const void*>(reprise_debug_tasks),
      reinterpret_cast<const void*>(reprise_debug_world),
      reinterpret_cast<const void*>(reprise_debug_frame)};
  asm volatile("" : : "r"(functions));
  debugged_world_ = world;
}

}  // namespace reprise
