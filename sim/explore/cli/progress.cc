#include "reprise/sim/explore/cli/progress.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/report/text_table.h"

namespace reprise::cli {

ProgressLine::ProgressLine(Console& console, std::string scenario,
                           uint64_t seeds_planned)
    : scenario_(std::move(scenario)),
      seeds_planned_(seeds_planned),
      line_(console) {}

void ProgressLine::Update(const SweepTotals& totals) {
  line_.Update([&](double seconds) {
    return DescribeProgress(scenario_, totals, seeds_planned_, seconds);
  });
}

std::string DescribeProgress(const std::string& scenario,
                             const SweepTotals& totals, uint64_t seeds_planned,
                             double seconds) {
  const auto seeds = static_cast<double>(totals.seeds);
  const double virtual_seconds =
      static_cast<double>(totals.virtual_microseconds) / 1e6;
  std::string text = absl::StrFormat(
      "%s · %s of %s seeds · %s seeds/s · %sx · %s violated", scenario,
      WithThousands(totals.seeds), WithThousands(seeds_planned),
      WithThreeFigures(seeds / seconds),
      WithThreeFigures(virtual_seconds / seconds),
      WithThousands(totals.violated));
  if (totals.undecided > 0) {
    absl::StrAppend(&text, " · ", WithThousands(totals.undecided),
                    " undecided");
  }
  return text;
}

}  // namespace reprise::cli
