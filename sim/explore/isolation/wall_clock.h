// Stopwatch: wall-clock time, for progress, reported seconds and a test's time
// limit. Nothing that a trial does may depend on it; this is the only file of
// sim/ that reads a real clock.
//
//   Stopwatch stopwatch;
//   ...
//   double seconds = stopwatch.Seconds();

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_WALL_CLOCK_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_WALL_CLOCK_H_

#include <cstdint>

namespace reprise {

// Runs from its construction on. Never goes back.
class Stopwatch {
 public:
  Stopwatch();

  double Seconds() const;

 private:
  int64_t started_ns_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_WALL_CLOCK_H_
