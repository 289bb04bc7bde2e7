// ProgressLine: how far a long sweep has come, as a line of status
// (status_line.h).
//
//   ProgressLine progress(console, "lab-basic", 2000);
//   progress.Update(totals);
//   progress.Clear();  // Before anything else is printed.

#ifndef REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_
#define REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_

#include <cstdint>
#include <string>

#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/sweep/sweep.h"

namespace reprise::cli {

class ProgressLine {
 public:
  ProgressLine(Console& console, std::string scenario, uint64_t seeds_planned);

  void Update(const SweepTotals& totals);
  // Takes the line off the terminal.
  void Clear() { line_.Clear(); }

  double Seconds() const { return line_.Seconds(); }

 private:
  std::string scenario_;
  uint64_t seeds_planned_;
  StatusLine line_;
};

// "lab-basic · 120 of 2,000 seeds · 61.0 seeds/s · 180x · 0 violated"
std::string DescribeProgress(const std::string& scenario,
                             const SweepTotals& totals, uint64_t seeds_planned,
                             double seconds);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_PROGRESS_H_
