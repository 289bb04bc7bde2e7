#include "reprise/sim/core/task.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/text.h"

namespace reprise {

std::string WaitReason::ToString() const {
  std::string text(what);
  if (!object.empty()) absl::StrAppend(&text, " ", ToAbsl(object));
  if (number != 0) absl::StrAppend(&text, " #", number);
  return text;
}

void Task::MoveToBackground() {
  is_background_ = true;
  if (state_ != State::kWaiting || is_resting_) return;
  is_resting_ = true;
  --scheduler_->unfinished_tasks_;
}

Task* TaskGroup::Next(const Task& task) { return task.next_in_group_; }

std::string Task::DescribeWait() const {
  return state_ == State::kWaiting ? wait_reason_->ToString() : "its turn";
}

std::string Task::FullName() const {
  return absl::StrCat("task \"", ToAbsl(name_), "\" of node \"",
                      ToAbsl(group_->name()), "\"");
}

std::string Task::Describe() const {
  return absl::StrCat(ToAbsl(group_->name()), ": task \"", ToAbsl(name_),
                      "\" waits for ", DescribeWait());
}

}  // namespace reprise
