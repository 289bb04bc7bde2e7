#include "reprise/sim/explore/cli/status_line.h"

#include <cstddef>
#include <utility>

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

StatusLine::StatusLine(Console& console)
    : console_(console),
      next_update_seconds_(console.has_live_progress ? kLiveIntervalSeconds
                                                     : kPlainIntervalSeconds) {}

StatusLine::~StatusLine() { Clear(); }

void StatusLine::Update(
    const std::function<std::string(double seconds)>& describe) {
  const double seconds = stopwatch_.Seconds();
  if (seconds < next_update_seconds_) return;
  std::string line = describe(seconds);
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

void StatusLine::Clear() {
  if (!is_shown_) return;
  console_.err << "\r\x1b[K" << std::flush;
  is_shown_ = false;
}

}  // namespace reprise::cli
