#include "reprise/sim/trace/text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/operation_content.h"

namespace reprise {
namespace {

constexpr size_t kWhatWidth = 44;
// Of a text that is cut to that width, so much of the end is kept: it holds the
// number of the call.
constexpr size_t kWhatTail = 14;
constexpr std::string_view kBold = "\x1b[1;31m";
constexpr std::string_view kPlain = "\x1b[0m";

MessageKind KindOfMessage(EventKind kind) {
  switch (kind) {
    case EventKind::kReplySent:
    case EventKind::kReplyLost:
    case EventKind::kReplyDuplicated:
    case EventKind::kReplyDelivered:
    case EventKind::kReplyIgnored:
      return MessageKind::kReply;
    default:
      return MessageKind::kRequest;
  }
}

// When a message that was just sent arrives: "+61 us".
std::string Arrival(const TraceEvent& event) {
  const auto microseconds = static_cast<int64_t>(event.value) / 1000;
  if (microseconds < 10'000) return absl::StrCat("+", microseconds, " us");
  return absl::StrCat("+", microseconds / 1000, " ms");
}

// At most kWhatWidth characters, so that the columns behind it stay in line.
std::string FitWhat(const std::string& what) {
  if (what.size() <= kWhatWidth) return what;
  const size_t head = kWhatWidth - kWhatTail - 3;
  return absl::StrCat(what.substr(0, head), "...",
                      what.substr(what.size() - kWhatTail));
}

std::string FailureName(uint64_t status_code) {
  const auto code = static_cast<absl::StatusCode>(status_code);
  if (code == absl::StatusCode::kDeadlineExceeded) return "DEADLINE PASSED";
  return absl::StatusCodeToString(code);
}

}  // namespace

std::string ShortenValue(std::string_view value, size_t length_max) {
  constexpr std::string_view kGap = "...";
  const auto escape = [](std::string_view part) {
    return absl::CHexEscape(absl::string_view(part.data(), part.size()));
  };
  if (value.size() <= length_max) {
    return absl::StrCat("\"", escape(value), "\"");
  }
  const size_t shown = length_max - std::min(length_max, kGap.size());
  const size_t tail = shown / 3;
  return absl::StrFormat(
      "\"%s...%s\" (%d B)", escape(value.substr(0, shown - tail)),
      escape(value.substr(value.size() - tail)), value.size());
}

TextTrace::TextTrace(TextOptions options,
                     std::function<void(std::string_view)> print)
    : options_(std::move(options)), print_(std::move(print)) {}

void TextTrace::OnEvent(const TraceEvent& event, std::string_view content) {
  switch (event.kind) {
    case EventKind::kNodeNamed:
      nodes_[event.id] = std::string(content);
      node_width_ = std::max(node_width_, content.size());
      return;
    case EventKind::kMethodNamed:
      methods_[event.id] = std::string(content);
      return;
    case EventKind::kTaskStarted:
    case EventKind::kTaskEnded:
      if (!options_.show_tasks) return;
      break;
    default:
      break;
  }
  Print(event, Describe(event, content));
}

void TextTrace::Print(const TraceEvent& event, const Line& line) {
  const int node_width = static_cast<int>(node_width_);
  // A note is the scenario's, not a node's.
  const bool is_note = event.kind == EventKind::kNote;
  const std::string who = is_note ? "" : NodeName(event.node);
  const std::string what = is_note ? line.what : FitWhat(line.what);
  std::string text = absl::StrFormat(
      "%14s  %-*s  %-9s %-*s  %-*s", FormatTime(event.time), node_width, who,
      line.verb, static_cast<int>(kWhatWidth), what, node_width + 3, line.peer);
  if (line.remark.empty()) {
    text.erase(text.find_last_not_of(' ') + 1);
  } else if (line.is_fault && options_.use_colour) {
    absl::StrAppendFormat(&text, "  %s%s%s", absl::string_view(kBold.data()),
                          line.remark, absl::string_view(kPlain.data()));
  } else {
    absl::StrAppend(&text, "  ", line.remark);
  }
  print_(text);
}

TextTrace::Line TextTrace::Describe(const TraceEvent& event,
                                    std::string_view content) {
  switch (event.kind) {
    case EventKind::kOperationCalled:
      return DescribeCall(event, content);
    case EventKind::kOperationReturned:
      return DescribeReturn(event, content);
    case EventKind::kTaskStarted:
    case EventKind::kTaskEnded:
    case EventKind::kNodeBooted:
    case EventKind::kNodeStopped:
    case EventKind::kNodePaused:
    case EventKind::kNodeResumed:
    case EventKind::kNodeSlowed:
    case EventKind::kClockJumped:
    case EventKind::kLinkClogged:
    case EventKind::kPartitioned:
    case EventKind::kPartitionHealed:
    case EventKind::kSiteFired:
    case EventKind::kNote:
      return DescribeNode(event, content);
    case EventKind::kFileOpened:
    case EventKind::kFileRead:
    case EventKind::kFileWritten:
    case EventKind::kFileResized:
    case EventKind::kFileSynced:
    case EventKind::kFileRenamed:
    case EventKind::kFileRemoved:
    case EventKind::kDirectoryListed:
    case EventKind::kDirectorySynced:
    case EventKind::kDiskFlushed:
      return DescribeDisk(event, content);
    case EventKind::kDiskFailed:
    case EventKind::kBitRotted:
    case EventKind::kFileUnsynced:
    case EventKind::kSectorLost:
    case EventKind::kSectorTorn:
    case EventKind::kSectorGarbled:
    case EventKind::kSizeLost:
    case EventKind::kNameLost:
    case EventKind::kDiskWiped:
      return DescribeDiskFault(event, content);
    default:
      return DescribeMessage(event, content);
  }
}

TextTrace::Line TextTrace::DescribeMessage(const TraceEvent& event,
                                           std::string_view content) {
  const std::string what = MessageText(event, content);
  const std::string to = absl::StrCat("-> ", NodeName(event.peer));
  const std::string from = absl::StrCat("<- ", NodeName(event.peer));
  switch (event.kind) {
    case EventKind::kRequestSent:
    case EventKind::kReplySent:
      return {"sends", what, to, Arrival(event)};
    case EventKind::kRequestLost:
    case EventKind::kReplyLost:
      return {"sends", what, to, "LOST", true};
    case EventKind::kRequestDuplicated:
    case EventKind::kReplyDuplicated:
      return {"sends", what, to, "TWICE " + Arrival(event), true};
    case EventKind::kRequestDelivered:
    case EventKind::kReplyDelivered:
      return {"receives", what, from, ""};
    case EventKind::kReplyIgnored:
      return {"ignores", what, from, "TOO LATE", true};
    case EventKind::kCallFailed:
      return {"gives up", what, to, FailureName(event.value), true};
    case EventKind::kRequestRefused:
      return {"refuses", what, from, "NOT SERVED", true};
    default:
      return {std::string(KindName(event.kind)), what, to, ""};
  }
}

TextTrace::Line TextTrace::DescribeCall(const TraceEvent& event,
                                        std::string_view content) {
  const OperationContent operation = SplitOperation(content);
  const size_t length_max = options_.value_length_max;
  std::string text = absl::StrCat(OperationName(event.value), "(",
                                  ShortenValue(operation.key, length_max));
  if (!operation.value.empty() || event.bytes > 0) {
    absl::StrAppend(&text, ", ", ShortenValue(operation.value, length_max));
  }
  text += ")";
  open_operations_[event.id] = text;
  return {"calls", text, "", absl::StrCat("#", event.id)};
}

TextTrace::Line TextTrace::DescribeReturn(const TraceEvent& event,
                                          std::string_view content) {
  std::string text = "an operation";
  if (auto open = open_operations_.extract(event.id); !open.empty()) {
    text = std::move(open.mapped());
  }
  if (event.bytes > 0) {
    absl::StrAppend(&text, " = ",
                    ShortenValue(content, options_.value_length_max));
  }
  return {"returns", text, "", absl::StrCat("#", event.id)};
}

TextTrace::Line TextTrace::DescribeNode(const TraceEvent& event,
                                        std::string_view content) {
  const std::string text(content);
  const std::string span =
      FormatDuration(Nanoseconds(static_cast<int64_t>(event.value)));
  switch (event.kind) {
    case EventKind::kTaskStarted:
      return {"starts", absl::StrCat("task ", event.id, " ", text), "", ""};
    case EventKind::kTaskEnded:
      return {"ends", absl::StrCat("task ", event.id, " ", text), "", ""};
    case EventKind::kNodeBooted:
      return {event.id == 0 ? "boots" : "restarts", "", "", ""};
    case EventKind::kNodeStopped:
      if (event.value == 1) return {"stops", "", "", ""};
      return {"stops", "", "", "CRASH", true};
    case EventKind::kNodePaused:
      return {"pauses", "", "", "PAUSE", true};
    case EventKind::kNodeResumed:
      return {"goes on", "", "", ""};
    case EventKind::kNodeSlowed:
      return {event.value > 0 ? "slows down" : "recovers", span, "", "", true};
    case EventKind::kClockJumped:
      return {"jumps", absl::StrCat("clock by ", span), "", "CLOCK", true};
    case EventKind::kLinkClogged:
      return {"clogs", span, absl::StrCat("-> ", NodeName(event.peer)), "CLOG",
              true};
    case EventKind::kPartitioned:
      return {"parts", text, "", "PARTITION", true};
    case EventKind::kPartitionHealed:
      return {"heals", text, "", ""};
    case EventKind::kSiteFired:
      return {"passes", text, "", "FAULT SITE", true};
    default:
      return {"notes", text, "", ""};
  }
}

TextTrace::Line TextTrace::DescribeDisk(const TraceEvent& event,
                                        std::string_view content) {
  const std::string value =
      ShortenValue(content, std::min(options_.value_length_max, size_t{16}));
  const std::string sectors = absl::StrCat(event.value, " sectors");
  const std::string name = FileName(event);
  switch (event.kind) {
    case EventKind::kFileOpened:
      files_[event.node][event.id] = std::string(content);
      return {event.value == 1 ? "creates" : "opens", std::string(content), "",
              ""};
    case EventKind::kFileRead:
      return {"reads", absl::StrCat(name, " @", event.value, " ", value), "",
              ""};
    case EventKind::kFileWritten:
      return {"writes", absl::StrCat(name, " @", event.value, " ", value), "",
              ""};
    case EventKind::kFileResized:
      return {"resizes", absl::StrCat(name, " to ", event.value, " B"), "", ""};
    case EventKind::kFileSynced:
      return {"syncs", name, "", sectors};
    case EventKind::kFileRenamed:
      files_[event.node][event.id] = std::string(content);
      return {"renames", absl::StrCat(name, " to ", std::string(content)), "",
              ""};
    case EventKind::kFileRemoved:
      return {"removes", std::string(content), "", ""};
    case EventKind::kDirectoryListed:
      return {"lists", name, "", absl::StrCat(event.value, " files")};
    case EventKind::kDirectorySynced:
      return {"syncs", name, "", absl::StrCat(event.value, " changes")};
    default:
      return {"flushes", "its disk", "", sectors};
  }
}

TextTrace::Line TextTrace::DescribeDiskFault(const TraceEvent& event,
                                             std::string_view content) {
  const std::string name = FileName(event);
  const std::string sector = absl::StrCat(name, " sector ", event.value);
  switch (event.kind) {
    case EventKind::kDiskFailed:
      return {"fails", name, "", FailureName(event.value), true};
    case EventKind::kBitRotted:
      return {"rots", absl::StrCat(name, " bit ", event.value), "", "BIT ROT",
              true};
    case EventKind::kFileUnsynced:
      return {"risks", absl::StrCat(event.value, " sectors of ", name), "",
              "NOT SYNCED", true};
    case EventKind::kSectorLost:
      return {"loses", sector, "", "LOST", true};
    case EventKind::kSectorTorn:
      return {"tears", sector, "", "TORN", true};
    case EventKind::kSectorGarbled:
      return {"garbles", sector, "", "GARBLED", true};
    case EventKind::kSizeLost:
      return {"resizes", absl::StrCat(name, " to ", event.value, " B"), "",
              "LOST", true};
    case EventKind::kNameLost:
      return {"undoes", std::string(content), "", "LOST", true};
    default:
      return {"loses", "its disk", "", "WIPED", true};
  }
}

std::string TextTrace::MessageText(const TraceEvent& event,
                                   std::string_view content) {
  const MessageKind kind = KindOfMessage(event.kind);
  const uint64_t call = event.id * 2 + (kind == MessageKind::kReply ? 1 : 0);
  // An arrival carries no content of its own: it is described as it was sent.
  const auto sent = messages_.find(call);
  if (content.empty() && sent != messages_.end()) return sent->second;

  const std::string method = MethodName(event.method);
  std::string text;
  if (options_.describe_message && !content.empty()) {
    text = options_.describe_message(kind, method, content);
  } else {
    text = kind == MessageKind::kReply ? "reply to " + method : method;
  }
  absl::StrAppend(&text, " @", event.id);
  messages_[call] = text;
  return text;
}

std::string TextTrace::MethodName(uint32_t method) const {
  const auto found = methods_.find(method);
  return found != methods_.end() ? found->second
                                 : absl::StrCat("method ", method);
}

std::string TextTrace::NodeName(NodeId node) const {
  const auto found = nodes_.find(node.value());
  return found != nodes_.end() ? found->second
                               : absl::StrCat("node ", node.value());
}

std::string TextTrace::FileName(const TraceEvent& event) const {
  if (event.id == 0) return "the directory";
  const auto node = files_.find(event.node);
  if (node != files_.end()) {
    const auto file = node->second.find(event.id);
    if (file != node->second.end()) return file->second;
  }
  return absl::StrCat("file ", event.id);
}

std::string TextTrace::OperationName(uint64_t kind) const {
  if (kind < options_.operation_names.size()) {
    return options_.operation_names[kind];
  }
  return absl::StrCat("operation ", kind);
}

}  // namespace reprise
