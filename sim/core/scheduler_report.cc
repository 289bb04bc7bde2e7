// What a scheduler says of its tasks.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

constexpr size_t kMostTasksReported = 20;
constexpr size_t kMostGroupsReported = 5;
constexpr size_t kMostTasksOfGroup = 3;

// "client-0: 3200 turns of 1 task", and its busiest tasks, a line each.
std::string DescribeBusyGroup(const TaskGroup& group) {
  std::vector<const Task*> tasks;
  for (const Task* task = group.first(); task != nullptr;
       task = TaskGroup::Next(*task)) {
    tasks.push_back(task);
  }
  std::stable_sort(
      tasks.begin(), tasks.end(),
      [](const Task* a, const Task* b) { return a->turns() > b->turns(); });
  std::string text = absl::StrCat(
      "  ", ToAbsl(group.name()), ": ", group.turns(), " turns of ",
      group.tasks_begun(), group.tasks_begun() == 1 ? " task\n" : " tasks\n");
  for (size_t i = 0; i < tasks.size() && i < kMostTasksOfGroup; ++i) {
    const Task& task = *tasks[i];
    absl::StrAppend(&text, "    task \"", ToAbsl(task.name()), "\" had ",
                    task.turns(), ", and waits for ", task.DescribeWait(),
                    "\n");
  }
  return text;
}

}  // namespace

std::string Scheduler::DescribeWaitingTasks() const {
  std::string report;
  const std::vector<const Task*> tasks = Tasks();
  const size_t shown = std::min(tasks.size(), kMostTasksReported);
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&report, "  ", tasks[i]->Describe(), "\n");
  }
  if (tasks.size() > shown) {
    absl::StrAppend(&report, "  ... and ", tasks.size() - shown, " more\n");
  }
  return report;
}

std::string Scheduler::DescribeBusyTasks() const {
  std::vector<const TaskGroup*> groups(groups_.begin(), groups_.end());
  const size_t shown = std::min(groups.size(), kMostGroupsReported);
  std::partial_sort(groups.begin(),
                    groups.begin() + static_cast<ptrdiff_t>(shown),
                    groups.end(), [](const TaskGroup* a, const TaskGroup* b) {
                      return std::pair(b->turns(), a->name()) <
                             std::pair(a->turns(), b->name());
                    });
  std::string report;
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&report, DescribeBusyGroup(*groups[i]));
  }
  if (groups.size() > shown) {
    absl::StrAppend(&report, "  ... and ", groups.size() - shown,
                    " more nodes\n");
  }
  return report;
}

std::vector<const Task*> Scheduler::Tasks() const {
  std::vector<const Task*> tasks;
  for (const TaskGroup* group : groups_) {
    for (const Task* task = group->first(); task != nullptr;
         task = TaskGroup::Next(*task)) {
      tasks.push_back(task);
    }
  }
  return tasks;
}

}  // namespace reprise
