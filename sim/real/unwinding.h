// What a call answers that would wait in a task which unwinds.
//
//   if (IsUnwinding()) return Unwinding();

#ifndef REPRISE_SIM_REAL_UNWINDING_H_
#define REPRISE_SIM_REAL_UNWINDING_H_

#include "absl/status/status.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/task.h"

namespace reprise {

// Whether the stack of the running task is taken down.
inline bool IsUnwinding() {
  const Task* task = CurrentContext().task;
  return task != nullptr && task->IsUnwinding();
}

inline absl::Status Unwinding() {
  return absl::CancelledError("the node is stopping");
}

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_UNWINDING_H_
