// A history as it was read, with where each operation stood in the text.

#ifndef REPRISE_CHECKER_FORMATS_RECORDED_HISTORY_H_
#define REPRISE_CHECKER_FORMATS_RECORDED_HISTORY_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// When an operation was called and answered, in the recorder's own unit.
struct Times {
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  int64_t call = 0;
  int64_t ret = kNever;  // while pending
};

struct RecordedHistory {
  History history;
  // The line of each operation, or of its call where calls and returns are
  // lines of their own.
  std::vector<uint32_t> lines;
  // Of each operation, or empty where the format knows only an order.
  std::vector<Times> times;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_RECORDED_HISTORY_H_
