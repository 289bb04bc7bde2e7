// Operations as lines of text with their intervals beside each other, for a
// contradiction:
//
//   client 0    Put("k", "a")   |-----|
//   client 1    Get("k") = ""         |--|
//   client 2    Put("k", "b")      |------>
//
//   std::string text = TimelineText({{0, "Put(...)", call, ret}, ...});

#ifndef REPRISE_CHECKER_HISTORY_TIMELINE_H_
#define REPRISE_CHECKER_HISTORY_TIMELINE_H_

#include <span>
#include <string>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

struct TimelineRow {
  int client = 0;
  std::string label;  // one line of printable text
  EventIndex call = 0;
  EventIndex ret = kNever;
};

// A line for each row: |---| answered, |---> not answered. Events that no row
// names take no room.
std::string TimelineText(std::span<const TimelineRow> rows);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_TIMELINE_H_
