// The clocks that a node sees, and waiting by them.
//
// Guarantees: Now() never goes back, though it may run faster or slower than
// the clocks of other nodes. A task that sleeps lets others run; it wakes at
// the first instant at or after the one asked for. While a crashed task
// unwinds, sleeping returns at once. WallTime() promises nothing: it may be
// wrong and it may jump, forth and back.
//
//   clock.SleepFor(Milliseconds(100));

#ifndef REPRISE_SIM_ENV_CLOCK_H_
#define REPRISE_SIM_ENV_CLOCK_H_

#include <chrono>

#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class Clock {
 public:
  virtual ~Clock() = default;

  virtual VirtualTime Now() const = 0;
  // What the node believes the time of day to be, counted from 1970.
  virtual VirtualTime WallTime() const = 0;
  virtual void SleepUntil(VirtualTime wake) = 0;

  void SleepFor(Duration duration) { SleepUntil(Now() + duration); }

  // The same for the standard's durations and for SteadyClock's time points.
  template <typename Rep, typename Period>
  void SleepFor(std::chrono::duration<Rep, Period> duration) {
    SleepFor(ToDuration(duration));
  }
  template <typename D>
  void SleepUntil(std::chrono::time_point<SteadyClock, D> wake) {
    SleepUntil(ToVirtualTime(wake));
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_CLOCK_H_
