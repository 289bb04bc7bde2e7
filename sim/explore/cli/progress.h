// ProgressLine: what a long sweep is doing, while it does it.
//
// On a terminal one line is written again and again, cut where the terminal
// ends; elsewhere a plain line comes every ten seconds, so that logs stay
// short. Not for several threads at once.
//
//   ProgressLine progress(console, "lab-basic", 2000);
//   progress.Update(totals);
//   progress.Clear();  // Before anything else is printed.

#ifndef REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_
#define REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_

#include <cstdint>
#include <string>

#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/sweep/wall_clock.h"

namespace reprise::cli {

class ProgressLine {
 public:
  ProgressLine(Console& console, std::string scenario, uint64_t seeds_planned);
  // Clears.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Update(const SweepTotals& totals);
  // Takes the line off the terminal.
  void Clear();

  double Seconds() const { return stopwatch_.Seconds(); }

 private:
  Console& console_;
  std::string scenario_;
  uint64_t seeds_planned_;
  Stopwatch stopwatch_;
  double next_update_seconds_;
  bool is_shown_ = false;
};

// "lab-basic · 120 of 2,000 seeds · 61.0 seeds/s · 180x · 0 violated"
std::string DescribeProgress(const std::string& scenario,
                             const SweepTotals& totals, uint64_t seeds_planned,
                             double seconds);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_
