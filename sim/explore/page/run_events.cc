#include "reprise/sim/explore/page/run_events.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

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

void Insert(std::vector<NodeId>& nodes, NodeId node) {
  const auto place = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (place == nodes.end() || *place != node) nodes.insert(place, node);
}

}  // namespace

EventRole RoleOf(EventKind kind) { return PartOf(kind).role; }

RunEvents::RunEvents(std::span<const ListedEvent> listed,
                     const TextOptions& text)
    : names_(text) {
  events_.reserve(listed.size());
  for (const ListedEvent& each : listed) {
    Add(each, EventTextOf(each.event.kind));
  }
}

bool RunEvents::IsClient(NodeId node) const {
  return std::binary_search(clients_.begin(), clients_.end(), node);
}

void RunEvents::Add(const ListedEvent& listed, const EventText& row) {
  const TraceEvent& event = listed.event;
  const EventVariations& variations = row.variations;
  if (variations.shown == EventShown::kWithTasks &&
      !names_.options().show_tasks) {
    return;
  }
  RunEvent added = {.listed = &listed,
                    .words = 0,
                    .text = row.describe(names_, event, listed.content)};
  if (variations.shown == EventShown::kNever) return;
  added.words = PlaceOfWords(event, row);
  if (PartOf(event.kind).role == EventRole::kOther &&
      variations.remark != nullptr) {
    absl::StrAppend(&added.text, ", ", variations.remark(event));
  }
  if (row.parties != EventParties::kNobody) Meet(event.node);
  if (row.parties == EventParties::kNodeToPeer ||
      row.parties == EventParties::kNodeFromPeer) {
    Meet(event.peer);
  }
  if (event.kind == K::kOperationCalled) Insert(clients_, event.node);
  Link(added);
  events_.push_back(std::move(added));
}

void RunEvents::Meet(NodeId node) { Insert(nodes_, node); }

// Among duplicates, that which was to arrive now; where none was, because its
// receiver stood still, the earliest.
void RunEvents::Link(RunEvent& event) {
  const TraceEvent& what = event.listed->event;
  const Part part = PartOf(what.kind);
  if (part.role != EventRole::kBegins && part.role != EventRole::kEnds) return;
  const auto now = static_cast<uint64_t>(what.time.nanoseconds());
  std::vector<Open>& open = open_[{part.sort, what.id}];
  if (part.role == EventRole::kBegins) {
    open.push_back({events_.size(), now + what.value});
    return;
  }
  if (open.empty()) return;
  auto found = std::find_if(open.begin(), open.end(), [&](const Open& each) {
    return each.arrival == now;
  });
  if (found == open.end()) {
    found = std::min_element(
        open.begin(), open.end(),
        [](const Open& a, const Open& b) { return a.arrival < b.arrival; });
  }
  event.begin = found->place;
  open.erase(found);
}

size_t RunEvents::PlaceOfWords(const TraceEvent& event, const EventText& row) {
  RunWords words = {std::string(row.name), std::string(row.WordsOf(event).verb),
                    FaultOf(event)};
  const auto [place, is_new] =
      places_of_words_.try_emplace(words, words_.size());
  if (is_new) words_.push_back(std::move(words));
  return place->second;
}

}  // namespace reprise
