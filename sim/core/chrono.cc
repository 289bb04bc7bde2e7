#include "reprise/sim/core/chrono.h"

#include <chrono>
#include <ctime>

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"

namespace reprise {

SteadyClock::time_point SteadyClock::now() {
  return ToChrono<SteadyClock>(WaitQueue::Now());
}

SystemClock::time_point SystemClock::now() {
  const VirtualTime now = WaitQueue::Now();
  return ToChrono<SystemClock>(CurrentContext().task->group().wall().At(now));
}

std::time_t SystemClock::to_time_t(time_point time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch())
      .count();
}

SystemClock::time_point SystemClock::from_time_t(std::time_t time) {
  return time_point(std::chrono::seconds(time));
}

}  // namespace reprise
