#include "reprise/sim/env/thread.h"

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/task_handle.h"

namespace reprise {

void Thread::join() {
  REPRISE_CHECK(joinable(), "join() of a thread that is not joinable()");
  task_.Join();
  task_.Cancel();  // Where the calling task unwinds, nothing was waited for.
  task_ = TaskHandle();
}

void Thread::detach() {
  REPRISE_CHECK(joinable(), "detach() of a thread that is not joinable()");
  task_ = TaskHandle();
}

void Thread::End() {
  if (!joinable()) return;
  stop_.request_stop();
  task_.Cancel();
}

}  // namespace reprise
