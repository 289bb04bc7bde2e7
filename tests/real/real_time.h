// RealTime: the machine's clock, for tests of what runs on the machine.
//
//   RealTime time;
//   time.Sleep(Milliseconds(100));
//   time.Now();  // At least 100 ms.

#ifndef TESTS_REAL_REAL_TIME_H_
#define TESTS_REAL_REAL_TIME_H_

#include "reprise/sim/core/time.h"
#include "reprise/sim/real/event_loop.h"

namespace reprise {

class RealTime {
 public:
  // Since the object was made.
  VirtualTime Now() const { return clock_.Now(); }
  // For whole milliseconds, at least.
  void Sleep(Duration length) const;

 private:
  const EventLoop clock_;
};

}  // namespace reprise

#endif  // TESTS_REAL_REAL_TIME_H_
