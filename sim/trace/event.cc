#include "reprise/sim/trace/event.h"

#include <cstddef>
#include <iterator>
#include <string_view>

namespace reprise {
namespace {

struct Name {
  EventKind kind;
  std::string_view name;
};

constexpr Name kNames[] = {
    {EventKind::kRequestSent, "request-sent"},
    {EventKind::kReplySent, "reply-sent"},
    {EventKind::kRequestLost, "request-lost"},
    {EventKind::kReplyLost, "reply-lost"},
    {EventKind::kRequestDuplicated, "request-duplicated"},
    {EventKind::kReplyDuplicated, "reply-duplicated"},
    {EventKind::kRequestDelivered, "request-delivered"},
    {EventKind::kReplyDelivered, "reply-delivered"},
    {EventKind::kReplyIgnored, "reply-ignored"},
    {EventKind::kCallFailed, "call-failed"},
    {EventKind::kRequestRefused, "request-refused"},
    {EventKind::kRequestUnreachable, "request-unreachable"},
    {EventKind::kLinkCut, "link-cut"},
    {EventKind::kLinkConnected, "link-connected"},
    {EventKind::kTaskStarted, "task-started"},
    {EventKind::kTaskEnded, "task-ended"},
    {EventKind::kNodeBooted, "node-booted"},
    {EventKind::kNodeStopped, "node-stopped"},
    {EventKind::kNodeNamed, "node-named"},
    {EventKind::kMethodNamed, "method-named"},
    {EventKind::kOperationCalled, "operation-called"},
    {EventKind::kOperationReturned, "operation-returned"},
    {EventKind::kNote, "note"},
    {EventKind::kNodePaused, "node-paused"},
    {EventKind::kNodeResumed, "node-resumed"},
    {EventKind::kNodeSlowed, "node-slowed"},
    {EventKind::kClockJumped, "clock-jumped"},
    {EventKind::kLinkClogged, "link-clogged"},
    {EventKind::kPartitioned, "partitioned"},
    {EventKind::kPartitionHealed, "partition-healed"},
    {EventKind::kFileOpened, "file-opened"},
    {EventKind::kFileRead, "file-read"},
    {EventKind::kFileWritten, "file-written"},
    {EventKind::kFileResized, "file-resized"},
    {EventKind::kFileSynced, "file-synced"},
    {EventKind::kFileRenamed, "file-renamed"},
    {EventKind::kFileRemoved, "file-removed"},
    {EventKind::kDirectoryListed, "directory-listed"},
    {EventKind::kDirectorySynced, "directory-synced"},
    {EventKind::kDiskFailed, "disk-failed"},
    {EventKind::kBitRotted, "bit-rotted"},
    {EventKind::kFileUnsynced, "file-unsynced"},
    {EventKind::kSectorLost, "sector-lost"},
    {EventKind::kSectorTorn, "sector-torn"},
    {EventKind::kSectorGarbled, "sector-garbled"},
    {EventKind::kSizeLost, "size-lost"},
    {EventKind::kNameLost, "name-lost"},
    {EventKind::kDiskFlushed, "disk-flushed"},
    {EventKind::kDiskWiped, "disk-wiped"},
    {EventKind::kSiteFired, "site-fired"},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (static_cast<size_t>(kNames[i].kind) != i) return false;
  }
  return true;
}
static_assert(IsInOrder(), "the order is that of EventKind");

}  // namespace

std::string_view KindName(EventKind kind) {
  const auto number = static_cast<size_t>(kind);
  return number < std::size(kNames) ? kNames[number].name : "unknown";
}

}  // namespace reprise
