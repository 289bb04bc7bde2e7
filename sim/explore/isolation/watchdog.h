// Watchdog: the watcher's side of the watch over a process that waits for
// something outside the simulation, such as a lock or a pipe. Such a process
// uses no processor time, so that its own watchdog (watched_process.h) never
// looks.
//
// Guarantees: a process that is at one trial for twelve times
// WatchOptions::stuck_seconds, and used less than a tenth of that time, says
// where it is and ends; one that does not even do that is killed.
//
//   Watchdog watchdog(child, {.stuck_seconds = 5});
//   while (...) watchdog.Look();

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_WATCHDOG_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_WATCHDOG_H_

#include <cstdint>
#include <optional>

#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/isolation/watched_process.h"

namespace reprise {

// How often those who wait for processes look at them, and are interrupted.
inline constexpr int kPollMilliseconds = 20;

class Watchdog {
 public:
  // `child` must outlive the watchdog.
  Watchdog(ChildProcess& child, const WatchOptions& options)
      : child_(child), patience_(12 * options.stuck_seconds) {}

  // To be called some times a second.
  void Look();

 private:
  ChildProcess& child_;
  const double patience_;  // In seconds; 0: endless.
  uint64_t trial_ = 0;     // The one that the process was last seen at.
  Stopwatch since_trial_;
  double used_before_ = 0;  // Processor seconds when it began.
  std::optional<Stopwatch> since_asked_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_WATCHDOG_H_
