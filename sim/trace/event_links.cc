#include "reprise/sim/trace/event_links.h"

#include <algorithm>

namespace reprise {
namespace {

using K = EventKind;

// Of messages: their sort, by which their numbers are told apart.
enum Sort : int { kRequests, kReplies, kMessages, kOperations, kNone };

struct Part {
  EventRole role = EventRole::kOther;
  Sort sort = kNone;
};

Part PartOf(EventKind kind) {
  switch (kind) {
    case K::kRequestSent:
    case K::kRequestDuplicated:
      return {EventRole::kBegins, kRequests};
    case K::kRequestDelivered:
    case K::kRequestRefused:
      return {EventRole::kEnds, kRequests};
    case K::kRequestLost:
    case K::kRequestUnreachable:
      return {EventRole::kNeverOn, kRequests};
    case K::kReplySent:
    case K::kReplyDuplicated:
      return {EventRole::kBegins, kReplies};
    case K::kReplyDelivered:
    case K::kReplyIgnored:
      return {EventRole::kEnds, kReplies};
    case K::kReplyLost:
      return {EventRole::kNeverOn, kReplies};
    case K::kMessageSent:
    case K::kMessageDuplicated:
      return {EventRole::kBegins, kMessages};
    case K::kMessageDelivered:
    case K::kMessageRefused:
      return {EventRole::kEnds, kMessages};
    case K::kMessageLost:
    case K::kMessageUnreachable:
      return {EventRole::kNeverOn, kMessages};
    case K::kOperationCalled:
      return {EventRole::kBegins, kOperations};
    case K::kOperationReturned:
      return {EventRole::kEnds, kOperations};
    default:
      return {};
  }
}

}  // namespace

EventRole RoleOf(EventKind kind) { return PartOf(kind).role; }

// Among duplicates, that which was to arrive now; where none was, because its
// receiver stood still, the earliest.
std::optional<size_t> EventLinks::Add(const TraceEvent& event, size_t place) {
  const Part part = PartOf(event.kind);
  if (part.role != EventRole::kBegins && part.role != EventRole::kEnds) {
    return std::nullopt;
  }
  const auto now = static_cast<uint64_t>(event.time.nanoseconds());
  std::vector<Open>& open = open_[{part.sort, event.id}];
  if (part.role == EventRole::kBegins) {
    open.push_back({place, now + event.value});
    return std::nullopt;
  }
  if (open.empty()) return std::nullopt;
  auto found = std::find_if(open.begin(), open.end(), [&](const Open& each) {
    return each.arrival == now;
  });
  if (found == open.end()) {
    found = std::min_element(
        open.begin(), open.end(),
        [](const Open& a, const Open& b) { return a.arrival < b.arrival; });
  }
  const size_t begin = found->place;
  open.erase(found);
  return begin;
}

}  // namespace reprise
