#include "reprise/sim/trace/text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

// How a line is laid out.
constexpr size_t kTimeColumns = 14;
constexpr size_t kNodeColumns = 8;  // At least.
constexpr size_t kWhatColumns = 44;
// Of a text that is shortened to that width, so much of the end is kept: it
// holds the number of the call.
constexpr size_t kWhatTail = 14;
constexpr size_t kArrowColumns = 3;

// Colours of a terminal.
constexpr std::string_view kFaultColour = "\x1b[1;31m";
constexpr std::string_view kOperationColour = "\x1b[36m";
constexpr std::string_view kTimeColour = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string_view ArrowOf(EventParties parties) {
  switch (parties) {
    case EventParties::kNobody:
    case EventParties::kNode:
      return "";
    case EventParties::kNodeToPeer:
      return "-> ";
    case EventParties::kNodeFromPeer:
      return "<- ";
  }
  return "";  // The compiler cannot see that the cases are complete.
}

// A text of the user's own, which has the whole line.
bool IsWhole(const EventText& row) {
  return row.parties == EventParties::kNobody || row.kind == EventKind::kLogged;
}

// Adds `text` and blanks up to `columns`, and `gap` more.
void AppendCell(std::string_view text, size_t columns, size_t gap,
                std::string& line) {
  const size_t width = ColumnsOf(text);
  line += text;
  line.append((width < columns ? columns - width : 0) + gap, ' ');
}

void AppendTime(VirtualTime time, bool use_colour, std::string& line) {
  const std::string text = FormatTime(time);
  if (text.size() < kTimeColumns) line.append(kTimeColumns - text.size(), ' ');
  if (use_colour) line += kTimeColour;
  line += text;
  if (use_colour) line += kPlain;
  line += "  ";
}

}  // namespace

TextTrace::TextTrace(TextOptions options,
                     std::function<void(std::string_view)> print,
                     TraceFilter filter)
    : names_(std::move(options)),
      print_(std::move(print)),
      filter_(std::move(filter)) {}

void TextTrace::OnEvent(const TraceEvent& event, std::string_view content) {
  const EventText& row = EventTextOf(event.kind);
  const EventShown shown = row.variations.shown;
  const bool passes = filter_.Passes(event, content);
  if (shown == EventShown::kWithTasks && !names_.options().show_tasks &&
      !filter_.NamesKinds()) {
    return;
  }
  const std::string what = row.describe(names_, event, content);
  if (shown == EventShown::kNever || !passes) return;
  MakeLine(event, row, what);
  print_(line_);
}

void TextTrace::MakeLine(const TraceEvent& event, const EventText& row,
                         const std::string& what) {
  const bool use_colour = names_.options().use_colour;
  const size_t node_columns = std::max(kNodeColumns, names_.node_columns());
  const bool has_node = row.parties != EventParties::kNobody;
  const bool is_operation = use_colour && IsAboutOperation(row);
  const std::string_view arrow = ArrowOf(row.parties);

  line_.clear();
  AppendTime(event.time, use_colour, line_);
  AppendCell(has_node ? names_.NodeName(event.node) : "", node_columns, 2,
             line_);
  // One blank, because few verbs fill their column.
  AppendCell(row.WordsOf(event).verb, kVerbColumns, 1, line_);
  if (is_operation) line_ += kOperationColour;
  if (IsWhole(row)) {
    AppendCell(what, kWhatColumns + 2 + kArrowColumns + node_columns, 2, line_);
  } else {
    AppendCell(FitColumns(what, kWhatColumns, kWhatTail), kWhatColumns, 2,
               line_);
    line_ += arrow;
    AppendCell(arrow.empty() ? "" : names_.NodeName(event.peer),
               kArrowColumns - arrow.size() + node_columns, 2, line_);
  }
  line_ += Remark(event, row);
  line_.erase(line_.find_last_not_of(' ') + 1);
  if (is_operation) line_ += kPlain;
}

std::string TextTrace::Remark(const TraceEvent& event,
                              const EventText& row) const {
  std::string remark = FaultOf(event);
  const bool is_fault = !remark.empty();
  if (row.variations.remark != nullptr) {
    absl::StrAppend(&remark, is_fault ? " " : "", row.variations.remark(event));
  }
  if (!is_fault || !names_.options().use_colour) return remark;
  return absl::StrCat(ToAbsl(kFaultColour), remark, ToAbsl(kPlain));
}

}  // namespace reprise
