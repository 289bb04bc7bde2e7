#include "reprise/checker/history/timeline.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "absl/strings/str_format.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kColumn = 3;  // characters from one event to the next

// Where each event stands.
std::map<EventIndex, size_t> ColumnsOfEvents(
    std::span<const TimelineRow> rows) {
  std::map<EventIndex, size_t> columns;
  for (const TimelineRow& row : rows) {
    columns[row.call] = 0;
    if (row.ret != kNever) columns[row.ret] = 0;
  }
  size_t next = 0;
  for (auto& [event, column] : columns) column = kColumn * next++;
  return columns;
}

}  // namespace

std::string TimelineText(std::span<const TimelineRow> rows) {
  const std::map<EventIndex, size_t> columns = ColumnsOfEvents(rows);
  size_t width = 0;
  for (const TimelineRow& row : rows) {
    width = std::max(width, ColumnsOf(row.label));
  }
  std::string text;
  for (const TimelineRow& row : rows) {
    const bool is_answered = row.ret != kNever;
    const size_t from = columns.at(row.call);
    const size_t to = is_answered ? std::max(from, columns.at(row.ret))
                                  : kColumn * columns.size();
    std::string label = row.label;
    PadColumns(label, width);
    std::string line(from, ' ');
    line += '|';
    line.append(to > from ? to - from - 1 : 0, '-');
    line += is_answered ? '|' : '>';
    absl::StrAppendFormat(&text, "client %-3d  %s  %s\n", row.client, label,
                          line);
  }
  return text;
}

}  // namespace reprise::checker
