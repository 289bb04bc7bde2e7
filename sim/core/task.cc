#include "sim/core/task.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "sim/core/scheduler.h"
#include "sim/core/text.h"

namespace reprise {

std::string WaitReason::ToString() const {
  std::string text(what);
  if (!object.empty()) absl::StrAppend(&text, " ", ToAbsl(object));
  if (number != 0) absl::StrAppend(&text, " #", number);
  return text;
}

Task* TaskGroup::Next(const Task& task) { return task.next_in_group_; }

void TaskGroup::Add(Task& task) {
  task.next_in_group_ = nullptr;
  task.previous_in_group_ = last_;
  (last_ != nullptr ? last_->next_in_group_ : first_) = &task;
  last_ = &task;
}

void TaskGroup::Remove(Task& task) {
  Task* next = task.next_in_group_;
  Task* previous = task.previous_in_group_;
  (next != nullptr ? next->previous_in_group_ : last_) = previous;
  (previous != nullptr ? previous->next_in_group_ : first_) = next;
}

std::string Task::DescribeWait() const {
  return state_ == State::kWaiting ? wait_reason_->ToString() : "its turn";
}

void Task::Fire() { scheduler_->RunNext(*this); }

}  // namespace reprise
