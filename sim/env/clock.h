// The clock that a node sees, and waiting by it.
//
// Guarantees: Now() never goes back. A task that sleeps lets others run; it
// wakes at the first instant at or after the one asked for. While a crashed
// task unwinds, sleeping returns at once.
//
//   clock.SleepFor(Milliseconds(100));

#ifndef SIM_ENV_CLOCK_H_
#define SIM_ENV_CLOCK_H_

#include "sim/core/time.h"

namespace reprise {

class Clock {
 public:
  virtual ~Clock() = default;

  virtual VirtualTime Now() const = 0;
  virtual void SleepUntil(VirtualTime wake) = 0;

  void SleepFor(Duration duration) { SleepUntil(Now() + duration); }
};

}  // namespace reprise

#endif  // SIM_ENV_CLOCK_H_
