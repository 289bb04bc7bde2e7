#include "reprise/sim/trace/text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

constexpr int kTimeColumns = 14;
constexpr size_t kNodeColumns = 8;  // At least.
constexpr size_t kWhatColumns = 44;
// Of a text that is shortened to that width, so much of the end is kept: it
// holds the number of the call.
constexpr size_t kWhatTail = 14;
constexpr size_t kArrowColumns = 3;
constexpr std::string_view kBold = "\x1b[1;31m";
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

void AppendCell(std::string& line, std::string text, size_t columns) {
  PadColumns(text, columns);
  absl::StrAppend(&line, text, "  ");
}

}  // namespace

TextTrace::TextTrace(TextOptions options,
                     std::function<void(std::string_view)> print)
    : names_(std::move(options)), print_(std::move(print)) {}

void TextTrace::OnEvent(const TraceEvent& event, std::string_view content) {
  const EventText& row = EventTextOf(event.kind);
  const EventShown shown = row.variations.shown;
  if (shown == EventShown::kWithTasks && !names_.options().show_tasks) return;
  const std::string what = row.describe(names_, event, content);
  if (shown == EventShown::kNever) return;
  print_(Line(event, row, what));
}

std::string TextTrace::Line(const TraceEvent& event, const EventText& row,
                            const std::string& what) const {
  const size_t node_columns = std::max(kNodeColumns, names_.node_columns());
  const bool has_node = row.parties != EventParties::kNobody;
  const std::string_view arrow = ArrowOf(row.parties);
  const std::string remark = Remark(event, row);
  // A note has the whole line.
  const bool is_cut = has_node || !remark.empty();

  std::string line =
      absl::StrFormat("%*s  ", kTimeColumns, FormatTime(event.time));
  AppendCell(line, has_node ? names_.NodeName(event.node) : "", node_columns);
  AppendCell(line, std::string(row.WordsOf(event).verb), kVerbColumns);
  line.pop_back();  // One blank, because few verbs fill their column.
  AppendCell(line, is_cut ? FitColumns(what, kWhatColumns, kWhatTail) : what,
             kWhatColumns);
  AppendCell(
      line,
      arrow.empty() ? "" : std::string(arrow) + names_.NodeName(event.peer),
      kArrowColumns + node_columns);
  line += remark;
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string TextTrace::Remark(const TraceEvent& event,
                              const EventText& row) const {
  const EventVariations& variations = row.variations;
  std::string remark(row.WordsOf(event).fault);
  if (variations.failure != nullptr) remark = variations.failure(event);
  const bool is_fault = !remark.empty();
  if (variations.remark != nullptr) {
    absl::StrAppend(&remark, is_fault ? " " : "", variations.remark(event));
  }
  if (!is_fault || !names_.options().use_colour) return remark;
  return absl::StrCat(ToAbsl(kBold), remark, ToAbsl(kPlain));
}

}  // namespace reprise
