// StatusLine: what long work is doing, while it does it.
//
// On a terminal one line is written again and again, cut where the terminal
// ends; elsewhere a plain line comes every ten seconds, so that logs stay
// short. Not for several threads at once.
//
//   StatusLine status(console);
//   status.Update([&](double seconds) { return Describe(work, seconds); });
//   status.Clear();  // Before anything else is printed.

#ifndef REPRISE_SIM_EXPLORE_CLI_STATUS_LINE_H_
#define REPRISE_SIM_EXPLORE_CLI_STATUS_LINE_H_

#include <functional>
#include <string>

#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/isolation/wall_clock.h"

namespace reprise::cli {

class StatusLine {
 public:
  explicit StatusLine(Console& console);
  // Clears.
  ~StatusLine();
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Shows what `describe` says after so many seconds; it is asked only when a
  // line is due.
  void Update(const std::function<std::string(double seconds)>& describe);
  // Takes the line off the terminal.
  void Clear();

  double Seconds() const { return stopwatch_.Seconds(); }

 private:
  Console& console_;
  Stopwatch stopwatch_;
  double next_update_seconds_;
  bool is_shown_ = false;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_STATUS_LINE_H_
