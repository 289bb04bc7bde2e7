#include "reprise/sim/trace/event_text.h"

#include <algorithm>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/partition_text.h"
#include "reprise/sim/trace/span_text.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

std::string SpanOf(const TraceEvent& event) {
  return SpanText(Nanoseconds(static_cast<int64_t>(event.value)));
}

// What an event is about.

std::string Nothing(TraceNames&, const TraceEvent&, std::string_view) {
  return "";
}
std::string Text(TraceNames&, const TraceEvent&, std::string_view content) {
  return Printable(content);
}
std::string Request(TraceNames& names, const TraceEvent& event,
                    std::string_view content) {
  return names.Message(MessageKind::kRequest, event, content);
}
std::string Reply(TraceNames& names, const TraceEvent& event,
                  std::string_view content) {
  return names.Message(MessageKind::kReply, event, content);
}
std::string Message(TraceNames& names, const TraceEvent& event,
                    std::string_view content) {
  return names.Message(MessageKind::kMessage, event, content);
}
std::string ConnectionText(TraceNames&, const TraceEvent&, std::string_view) {
  return "the connection";
}
std::string Parts(TraceNames&, const TraceEvent&, std::string_view content) {
  return Printable(DescribeCuts(content));
}
std::string LogText(TraceNames&, const TraceEvent& event,
                    std::string_view content) {
  const bool is_debug = static_cast<LogLevel>(event.value) == LogLevel::kDebug;
  return absl::StrCat(is_debug ? "debug: " : "", Printable(content));
}
std::string LinkText(TraceNames&, const TraceEvent&, std::string_view) {
  return "the link";
}
std::string TaskText(TraceNames&, const TraceEvent& event,
                     std::string_view content) {
  return absl::StrCat("task ", event.id, " ", Printable(content));
}
std::string TurnOfTask(TraceNames&, const TraceEvent& event,
                       std::string_view content) {
  return absl::StrCat("the turn of task ", Printable(content), " to ",
                      event.value, event.value == 1 ? " other" : " others");
}
std::string ForgottenTask(TraceNames&, const TraceEvent& event,
                          std::string_view content) {
  return absl::StrCat("task ", Printable(content), " for ", SpanOf(event));
}
std::string Zone(TraceNames&, const TraceEvent&, std::string_view content) {
  return absl::StrCat("zone ", Printable(content));
}
std::string ItsClock(TraceNames&, const TraceEvent&, std::string_view) {
  return "its clock";
}
std::string NewNode(TraceNames& names, const TraceEvent& event,
                    std::string_view content) {
  names.NameNode(event.id, content);
  return "";
}
std::string NewMethod(TraceNames& names, const TraceEvent& event,
                      std::string_view content) {
  names.NameMethod(event.id, content);
  return "";
}
std::string Call(TraceNames& names, const TraceEvent& event,
                 std::string_view content) {
  return names.Call(event, content);
}
std::string Return(TraceNames& names, const TraceEvent& event,
                   std::string_view content) {
  return names.Return(event, content);
}
std::string BySpan(TraceNames&, const TraceEvent& event, std::string_view) {
  return event.value != 0 ? absl::StrCat("by ", SpanOf(event)) : "";
}
std::string ClockBySpan(TraceNames&, const TraceEvent& event,
                        std::string_view) {
  return absl::StrCat("clock by ", SpanOf(event));
}
std::string LinkForSpan(TraceNames&, const TraceEvent& event,
                        std::string_view) {
  return absl::StrCat("the link for ", SpanOf(event));
}
std::string MethodForSpan(TraceNames& names, const TraceEvent& event,
                          std::string_view) {
  return absl::StrCat("method ", Printable(names.MethodName(event.method)),
                      " for ", SpanOf(event));
}
std::string PacketForLater(TraceNames&, const TraceEvent& event,
                           std::string_view) {
  return absl::StrCat("it back for ", event.value, " later");
}

// And on a disk.

std::string OpenedFile(TraceNames& names, const TraceEvent& event,
                       std::string_view content) {
  names.NameFile(event, content);
  return Printable(content);
}
std::string RenamedFile(TraceNames& names, const TraceEvent& event,
                        std::string_view content) {
  std::string text = absl::StrCat(names.FileName(event), " to ");
  names.NameFile(event, content);
  text += Printable(content);
  return text;
}
std::string File(TraceNames& names, const TraceEvent& event, std::string_view) {
  return names.FileName(event);
}
std::string Bytes(TraceNames& names, const TraceEvent& event,
                  std::string_view content) {
  constexpr size_t kMost = 16;
  return absl::StrCat(
      names.FileName(event), " @", event.value, " ",
      Quote(content, std::min(names.options().value_length_max, kMost)));
}
std::string NewSize(TraceNames& names, const TraceEvent& event,
                    std::string_view) {
  return absl::StrCat(names.FileName(event), " to ", event.value, " bytes");
}
std::string Bit(TraceNames& names, const TraceEvent& event, std::string_view) {
  return absl::StrCat(names.FileName(event), " bit ", event.value);
}
std::string Sector(TraceNames& names, const TraceEvent& event,
                   std::string_view) {
  return absl::StrCat(names.FileName(event), " sector ", event.value);
}
std::string SectorsOfFile(TraceNames& names, const TraceEvent& event,
                          std::string_view) {
  return absl::StrCat(event.value, " sectors of ", names.FileName(event));
}
std::string Disk(TraceNames&, const TraceEvent&, std::string_view) {
  return "its disk";
}
std::string DiskForSpan(TraceNames&, const TraceEvent& event,
                        std::string_view) {
  return absl::StrCat("its disk for ", SpanOf(event));
}

// What stands at the end of the line.

// When a message that was just sent arrives: "+61 us".
std::string Arrival(const TraceEvent& event) {
  return absl::StrCat("+", SpanOf(event));
}
std::string Number(const TraceEvent& event) {
  return absl::StrCat("#", event.id);
}
std::string Sectors(const TraceEvent& event) {
  return absl::StrCat(event.value, " sectors");
}
std::string NamesInList(const TraceEvent& event) {
  return absl::StrCat(event.value, " files");
}
std::string Changes(const TraceEvent& event) {
  return absl::StrCat(event.value, " changes");
}
std::string Status(const TraceEvent& event) {
  const auto code = static_cast<absl::StatusCode>(event.value);
  if (code == absl::StatusCode::kDeadlineExceeded) return "DEADLINE PASSED";
  const std::string name = absl::StatusCodeToString(code);
  return !name.empty() ? name : absl::StrCat("STATUS ", event.value);
}

std::string StatusOfError(const TraceEvent& event) {
  return event.value != 0 ? Status(event) : "";
}
std::string CallsThatFail(const TraceEvent& event) {
  return absl::StrCat(event.value, event.value == 1 ? " call" : " calls");
}
// Of a line of a log.
std::string Severity(const TraceEvent& event) {
  const auto level = static_cast<LogLevel>(event.value);
  if (level == LogLevel::kWarning) return "WARNING";
  return level >= LogLevel::kError ? "ERROR" : "";
}

// Which events have the other words of their row.

bool HasId(const TraceEvent& event) { return event.id > 0; }
bool HasValue(const TraceEvent& event) { return event.value > 0; }

using K = EventKind;
using P = EventParties;
constexpr EventShown kWithTasks = EventShown::kWithTasks;
constexpr EventShown kNever = EventShown::kNever;

// clang-format off
constexpr EventText kRows[] = {
    {K::kRequestSent, "request-sent", P::kNodeToPeer,
     {"sends"}, Request, {.remark = Arrival}},
    {K::kReplySent, "reply-sent", P::kNodeToPeer,
     {"sends"}, Reply, {.remark = Arrival}},
    {K::kRequestLost, "request-lost", P::kNodeToPeer,
     {"sends", "LOST"}, Request},
    {K::kReplyLost, "reply-lost", P::kNodeToPeer,
     {"sends", "LOST"}, Reply},
    {K::kRequestDuplicated, "request-duplicated", P::kNodeToPeer,
     {"sends", "DUPLICATE"}, Request, {.remark = Arrival}},
    {K::kReplyDuplicated, "reply-duplicated", P::kNodeToPeer,
     {"sends", "DUPLICATE"}, Reply, {.remark = Arrival}},
    {K::kRequestDelivered, "request-delivered", P::kNodeFromPeer,
     {"receives"}, Request},
    {K::kReplyDelivered, "reply-delivered", P::kNodeFromPeer,
     {"receives"}, Reply},
    {K::kReplyIgnored, "reply-ignored", P::kNodeFromPeer,
     {"ignores", "TOO LATE"}, Reply},
    {K::kCallFailed, "call-failed", P::kNodeToPeer,
     {"gives up"}, Request, {.failure = Status}},
    {K::kRequestRefused, "request-refused", P::kNodeFromPeer,
     {"refuses", "NOT SERVED"}, Request},
    {K::kRequestUnreachable, "request-unreachable", P::kNodeToPeer,
     {"sends", "UNREACHABLE"}, Request},
    {K::kLinkCut, "link-cut", P::kNodeToPeer, {"cuts", "CUT"}, LinkText},
    {K::kLinkConnected, "link-connected", P::kNodeToPeer,
     {"connects"}, LinkText},
    {K::kTaskStarted, "task-started", P::kNode,
     {"starts"}, TaskText, {.shown = kWithTasks}},
    {K::kTaskEnded, "task-ended", P::kNode,
     {"ends"}, TaskText,
     {.is_other = HasValue, .other = {"cancels"}, .shown = kWithTasks}},
    {K::kNodeBooted, "node-booted", P::kNode,
     {"boots"}, Nothing, {.is_other = HasId, .other = {"restarts"}}},
    {K::kNodeStopped, "node-stopped", P::kNode,
     {"stops", "CRASH"}, Nothing, {.is_other = HasValue, .other = {"stops"}}},
    {K::kNodeNamed, "node-named", P::kNode, {}, NewNode, {.shown = kNever}},
    {K::kMethodNamed, "method-named", P::kNobody,
     {}, NewMethod, {.shown = kNever}},
    {K::kOperationCalled, "operation-called", P::kNode,
     {"calls"}, Call, {.remark = Number}},
    {K::kOperationReturned, "operation-returned", P::kNode,
     {"returns"}, Return, {.remark = Number}},
    {K::kNote, "note", P::kNobody, {"notes"}, Text},
    {K::kNodePaused, "node-paused", P::kNode, {"pauses", "PAUSE"}, Nothing},
    {K::kNodeResumed, "node-resumed", P::kNode, {"goes on"}, Nothing},
    {K::kNodeSlowed, "node-slowed", P::kNode,
     {"recovers"}, BySpan, {.is_other = HasValue, .other = {"slows", "SLOW"}}},
    {K::kClockJumped, "clock-jumped", P::kNode,
     {"jumps", "CLOCK"}, ClockBySpan},
    {K::kLinkClogged, "link-clogged", P::kNodeToPeer,
     {"clogs", "CLOG"}, LinkForSpan},
    {K::kPartitioned, "partitioned", P::kNobody, {"parts", "PARTITION"}, Parts},
    {K::kPartitionHealed, "partition-healed", P::kNobody, {"heals"}, Parts},
    {K::kFileOpened, "file-opened", P::kNode,
     {"opens"}, OpenedFile, {.is_other = HasValue, .other = {"creates"}}},
    {K::kFileRead, "file-read", P::kNode, {"reads"}, Bytes},
    {K::kFileWritten, "file-written", P::kNode, {"writes"}, Bytes},
    {K::kFileResized, "file-resized", P::kNode, {"resizes"}, NewSize},
    {K::kFileSynced, "file-synced", P::kNode,
     {"syncs"}, File, {.remark = Sectors}},
    {K::kFileRenamed, "file-renamed", P::kNode, {"renames"}, RenamedFile},
    {K::kFileRemoved, "file-removed", P::kNode, {"removes"}, Text},
    {K::kDirectoryListed, "directory-listed", P::kNode,
     {"lists"}, File, {.remark = NamesInList}},
    {K::kDirectorySynced, "directory-synced", P::kNode,
     {"syncs"}, File, {.remark = Changes}},
    {K::kDiskFailed, "disk-failed", P::kNode,
     {"fails"}, File, {.failure = Status}},
    {K::kBitRotted, "bit-rotted", P::kNode, {"rots", "BIT ROT"}, Bit},
    {K::kFileUnsynced, "file-unsynced", P::kNode,
     {"risks", "NOT SYNCED"}, SectorsOfFile},
    {K::kSectorLost, "sector-lost", P::kNode, {"loses", "LOST"}, Sector},
    {K::kSectorTorn, "sector-torn", P::kNode, {"tears", "TORN"}, Sector},
    {K::kSectorGarbled, "sector-garbled", P::kNode,
     {"garbles", "GARBLED"}, Sector},
    {K::kSizeLost, "size-lost", P::kNode, {"resizes", "LOST"}, NewSize},
    {K::kNameLost, "name-lost", P::kNode, {"undoes", "LOST"}, Text},
    {K::kDiskFlushed, "disk-flushed", P::kNode,
     {"flushes"}, Disk, {.remark = Sectors}},
    {K::kDiskWiped, "disk-wiped", P::kNode, {"loses", "WIPED"}, Disk},
    {K::kSiteFired, "site-fired", P::kNode, {"passes", "FAULT SITE"}, Text},
    {K::kMessageSent, "message-sent", P::kNodeToPeer,
     {"sends"}, Message, {.remark = Arrival}},
    {K::kMessageLost, "message-lost", P::kNodeToPeer,
     {"sends", "LOST"}, Message},
    {K::kMessageDuplicated, "message-duplicated", P::kNodeToPeer,
     {"sends", "DUPLICATE"}, Message, {.remark = Arrival}},
    {K::kMessageDelivered, "message-delivered", P::kNodeFromPeer,
     {"receives"}, Message},
    {K::kMessageRefused, "message-refused", P::kNodeFromPeer,
     {"refuses", "NOT SERVED"}, Message},
    {K::kMessageUnreachable, "message-unreachable", P::kNodeToPeer,
     {"sends", "UNREACHABLE"}, Message},
    {K::kConnectionReset, "connection-reset", P::kNodeToPeer,
     {"resets", "RESET"}, ConnectionText, {.remark = CallsThatFail}},
    {K::kNameResolved, "name-resolved", P::kNode,
     {"resolves"}, Text, {.failure = StatusOfError}},
    {K::kWriteLost, "write-lost", P::kNode, {"loses", "LOST"}, Bytes},
    {K::kWriteMisdirected, "write-misdirected", P::kNode,
     {"misplaces", "MISDIRECTED"}, Bytes},
    {K::kReadMisdirected, "read-misdirected", P::kNode,
     {"misreads", "MISDIRECTED"}, Bytes},
    {K::kDiskStalled, "disk-stalled", P::kNode,
     {"stalls", "STALL"}, DiskForSpan},
    {K::kDiskFilled, "disk-filled", P::kNode, {"fills", "FULL"}, DiskForSpan},
    {K::kLogged, "logged", P::kNode, {"logs"}, LogText, {.failure = Severity}},
    {K::kScenarioLogged, "scenario-logged", P::kNobody,
     {"logs"}, LogText, {.failure = Severity}},
    {K::kMemoryHeld, "memory-held", P::kNode, {}, Nothing, {.shown = kNever}},
    {K::kOperationOrdered, "operation-ordered", P::kNobody,
     {}, Nothing, {.shown = kNever}},
    {K::kNodeDescribed, "node-described", P::kNode,
     {}, Nothing, {.shown = kNever}},
    {K::kTurnPassed, "turn-passed", P::kNode, {"yields", "PASSED"}, TurnOfTask},
    {K::kTaskForgotten, "task-forgotten", P::kNode,
     {"forgets", "FORGOTTEN"}, ForgottenTask},
    {K::kLinkFlaps, "link-flaps", P::kNodeToPeer,
     {"flaps", "FLAP"}, LinkForSpan},
    {K::kLinkBad, "link-bad", P::kNodeToPeer, {"weakens", "BAD"}, LinkText},
    {K::kMethodSlowed, "method-slowed", P::kNobody,
     {"slows", "SLOW"}, MethodForSpan},
    {K::kPacketHeld, "packet-held", P::kNodeToPeer,
     {"holds", "REORDERED"}, PacketForLater},
    {K::kZoneCrashed, "zone-crashed", P::kNobody, {"crashes", "ZONE"}, Zone},
    {K::kZonePaused, "zone-paused", P::kNobody, {"pauses", "ZONE"}, Zone},
    {K::kClockStopped, "clock-stopped", P::kNode,
     {"stops", "CLOCK"}, ItsClock},
    {K::kClockWentOn, "clock-went-on", P::kNode, {"starts"}, ItsClock},
};
// clang-format on

static_assert(std::size(kRows) == static_cast<size_t>(EventKind::kCount),
              "each kind of event has a row");

constexpr bool AreInOrder() {
  for (size_t i = 0; i < std::size(kRows); ++i) {
    if (static_cast<size_t>(kRows[i].kind) != i) return false;
  }
  return true;
}
static_assert(AreInOrder(), "the order is that of EventKind");

constexpr bool VerbsFit() {
  return std::all_of(std::begin(kRows), std::end(kRows), [](const auto& row) {
    return row.words.verb.size() <= kVerbColumns &&
           row.variations.other.verb.size() <= kVerbColumns;
  });
}
static_assert(VerbsFit(), "a verb is as wide as its column at most");

}  // namespace

const EventText& EventTextOf(EventKind kind) {
  return kRows[static_cast<size_t>(kind)];
}

std::string FaultOf(const TraceEvent& event) {
  const EventText& row = EventTextOf(event.kind);
  if (row.variations.failure != nullptr) return row.variations.failure(event);
  return std::string(row.WordsOf(event).fault);
}

bool IsAboutMessage(const EventText& row) {
  return row.describe == Request || row.describe == Reply ||
         row.describe == Message;
}

bool IsAboutOperation(const EventText& row) {
  return row.describe == Call || row.describe == Return;
}

bool HasNode(const TraceEvent& event) {
  return EventTextOf(event.kind).parties != EventParties::kNobody;
}

bool IsPrinted(const TraceEvent& event) {
  return EventTextOf(event.kind).variations.shown != EventShown::kNever;
}

std::string_view KindName(EventKind kind) {
  const auto number = static_cast<size_t>(kind);
  return number < std::size(kRows) ? kRows[number].name : "unknown";
}

}  // namespace reprise
