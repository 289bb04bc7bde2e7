#include "reprise/sim/env/children.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/env/env.h"

namespace reprise::internal {

void Children::StartTask(absl::AnyInvocable<void()> body) {
  const size_t index = tasks_.size();
  tasks_.emplace_back(env_.tasks().Spawn(
      name_, [this, index, body = std::move(body)]() mutable {
        body();
        ended_.push_back(index);
        changes_.WakeOne();
      }));
}

std::optional<size_t> Children::WaitForNext(VirtualTime deadline) {
  while (ended_.empty()) {
    if (!changes_.Wait({.what = "the end of task", .object = name_},
                       deadline)) {
      if (ended_.empty()) return std::nullopt;
    }
  }
  const size_t next = ended_.front();
  ended_.pop_front();
  return next;
}

void Children::WaitForAll() {
  for (size_t i = 0; i < tasks_.size(); ++i) {
    if (!WaitForNext()) return;
  }
}

}  // namespace reprise::internal
