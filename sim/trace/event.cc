#include "sim/trace/event.h"

#include <string_view>

namespace reprise {

std::string_view KindName(EventKind kind) {
  switch (kind) {
    case EventKind::kRequestSent:
      return "request-sent";
    case EventKind::kReplySent:
      return "reply-sent";
    case EventKind::kRequestLost:
      return "request-lost";
    case EventKind::kReplyLost:
      return "reply-lost";
    case EventKind::kRequestDuplicated:
      return "request-duplicated";
    case EventKind::kReplyDuplicated:
      return "reply-duplicated";
    case EventKind::kRequestDelivered:
      return "request-delivered";
    case EventKind::kReplyDelivered:
      return "reply-delivered";
    case EventKind::kReplyIgnored:
      return "reply-ignored";
    case EventKind::kCallFailed:
      return "call-failed";
    case EventKind::kRequestRefused:
      return "request-refused";
    case EventKind::kRequestUnreachable:
      return "request-unreachable";
    case EventKind::kLinkCut:
      return "link-cut";
    case EventKind::kLinkConnected:
      return "link-connected";
    case EventKind::kTaskStarted:
      return "task-started";
    case EventKind::kTaskEnded:
      return "task-ended";
    case EventKind::kNodeBooted:
      return "node-booted";
    case EventKind::kNodeStopped:
      return "node-stopped";
    case EventKind::kNodePaused:
      return "node-paused";
    case EventKind::kNodeResumed:
      return "node-resumed";
    case EventKind::kNodeSlowed:
      return "node-slowed";
    case EventKind::kClockJumped:
      return "clock-jumped";
    case EventKind::kLinkClogged:
      return "link-clogged";
    case EventKind::kPartitioned:
      return "partitioned";
    case EventKind::kPartitionHealed:
      return "partition-healed";
    case EventKind::kNodeNamed:
      return "node-named";
    case EventKind::kMethodNamed:
      return "method-named";
    case EventKind::kOperationCalled:
      return "operation-called";
    case EventKind::kOperationReturned:
      return "operation-returned";
    case EventKind::kNote:
      return "note";
  }
  return "unknown";
}

}  // namespace reprise
