#include "reprise/sim/explore/trial/client_operations.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

ClientOperations::ClientOperations(World& world, OperationLog* log, int client,
                                   int64_t count, int64_t first)
    : world_(world),
      log_(log),
      client_(client),
      first_(first),
      next_(first),
      end_(count > kNoEnd - first ? kNoEnd : first + count) {
  const Task* task = CurrentContext().task;
  if (task == nullptr) {
    Misuse("trial.Operations() was called outside of a task",
           "the node of each client has a task that does its operations");
  }
  served_before_ = task->served();
  Decisions& decisions = world_.decisions();
  if (!decisions.HasEdits()) return;
  const FrameworkMemoryScope scope;
  const std::string entity = absl::StrCat("client ", client);
  const auto edit_of = [&](Purpose purpose, int64_t index) {
    DecisionStream stream = decisions.Open(entity, purpose);
    return static_cast<int64_t>(
        decisions.DecideEdit(stream, static_cast<uint64_t>(index)));
  };
  if (edit_of(Purpose::kClientLeftOut, 0) != 0) end_ = first;
  const int64_t most = edit_of(Purpose::kOperations, first);
  if (most != 0) end_ = first + std::min(end_ - first, most);
  edits_ = {.left_out = decisions.Open(entity, Purpose::kOperationLeftOut),
            .start = decisions.Open(entity, Purpose::kOperationStart)};
}

ClientOperations::~ClientOperations() {
  if (Task* task = CurrentContext().task) task->Serve(served_before_);
}

std::optional<int64_t> ClientOperations::Next() {
  Task& task = *CurrentContext().task;
  task.Serve(served_before_);
  Decisions& decisions = world_.decisions();
  while (next_ < end_) {
    const int64_t index = next_++;
    if (edits_) {
      const auto number = static_cast<uint64_t>(index);
      if (decisions.DecideEdit(edits_->left_out, number) != 0) continue;
      const auto start =
          VirtualTime() + Nanoseconds(static_cast<int64_t>(
                              decisions.DecideEdit(edits_->start, number)));
      if (start > world_.now()) world_.scheduler().SleepUntil(start);
    }
    task.Serve(ServedOperation(static_cast<uint32_t>(client_),
                               static_cast<uint32_t>(index)));
    if (log_ != nullptr) {
      log_->OnOperation({client_, index, world_.now(), first_});
    }
    return index;
  }
  return std::nullopt;
}

}  // namespace reprise
