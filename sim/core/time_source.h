// TimeSource: a clock that goes on while tasks run, as on a real machine.
//
// In a simulation time stands still until the running task suspends, so a task
// group needs none.
//
//   group.SetTimeSource(loop);

#ifndef REPRISE_SIM_CORE_TIME_SOURCE_H_
#define REPRISE_SIM_CORE_TIME_SOURCE_H_

#include "reprise/sim/core/time.h"

namespace reprise {

class TimeSource {
 public:
  // Never goes back, and is never before the time of the event that fires.
  virtual VirtualTime Now() const = 0;

 protected:
  ~TimeSource() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TIME_SOURCE_H_
