#include "reprise/sim/explore/cli/progress.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/report/text_table.h"

namespace reprise::cli {
namespace {

constexpr double kLiveIntervalSeconds = 0.1;
constexpr double kPlainIntervalSeconds = 10;

// As much of UTF-8 text as fits, each character taking one column.
std::string FirstColumns(std::string text, int columns) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins_character = (text[i] & 0xC0) != 0x80;
    if (begins_character && columns-- == 0) text.resize(i);
  }
  return text;
}

}  // namespace

ProgressLine::ProgressLine(Console& console, std::string scenario,
                           uint64_t seeds_planned)
    : console_(console),
      scenario_(std::move(scenario)),
      seeds_planned_(seeds_planned),
      next_update_seconds_(console.has_live_progress ? kLiveIntervalSeconds
                                                     : kPlainIntervalSeconds) {}

ProgressLine::~ProgressLine() { Clear(); }

void ProgressLine::Update(const SweepTotals& totals) {
  const double seconds = stopwatch_.Seconds();
  if (seconds < next_update_seconds_) return;
  std::string line =
      DescribeProgress(scenario_, totals, seeds_planned_, seconds);
  if (console_.has_live_progress) {
    // A line that wraps could not be written over.
    const int columns = console_.columns ? console_.columns() : 0;
    if (columns > 0) line = FirstColumns(std::move(line), columns - 1);
    console_.err << "\r" << line << "\x1b[K" << std::flush;
    is_shown_ = true;
    next_update_seconds_ = seconds + kLiveIntervalSeconds;
  } else {
    console_.err << line << std::endl;
    next_update_seconds_ = seconds + kPlainIntervalSeconds;
  }
}

void ProgressLine::Clear() {
  if (!is_shown_) return;
  console_.err << "\r\x1b[K" << std::flush;
  is_shown_ = false;
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
