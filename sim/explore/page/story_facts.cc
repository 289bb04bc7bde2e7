#include "reprise/sim/explore/page/story_facts.h"

#include <algorithm>
#include <utility>

#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/operation_content.h"

namespace reprise {
namespace {

using K = EventKind;

constexpr uint64_t kLateFactor = 8;

// Whether the event puts a message on a link, so that `value` is its delay.
bool IsSending(EventKind kind) {
  return kind == K::kRequestSent || kind == K::kReplySent ||
         kind == K::kMessageSent;
}

bool IsOfCall(EventKind kind) {
  switch (kind) {
    case K::kRequestSent:
    case K::kReplySent:
    case K::kRequestLost:
    case K::kReplyLost:
    case K::kRequestDuplicated:
    case K::kReplyDuplicated:
    case K::kRequestDelivered:
    case K::kReplyDelivered:
    case K::kReplyIgnored:
    case K::kCallFailed:
    case K::kRequestRefused:
    case K::kRequestUnreachable:
      return true;
    default:
      return false;
  }
}

bool BeginsCall(EventKind kind) {
  return kind == K::kRequestSent || kind == K::kRequestLost ||
         kind == K::kRequestUnreachable;
}

}  // namespace

StoryFacts::StoryFacts(std::span<const ListedEvent> events) {
  FindServers(events);
  FindAbsent(events);
  FindLateness(events);
  for (const ListedEvent& each : events) Learn(each);
}

std::optional<size_t> StoryFacts::PlaceOf(uint64_t operation) const {
  const auto found = places_.find(operation);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

const CallFacts* StoryFacts::CallOf(const TraceEvent& event) const {
  if (!IsOfCall(event.kind)) return nullptr;
  const auto found = calls_.find(event.id);
  return found != calls_.end() ? &found->second : nullptr;
}

bool StoryFacts::IsLate(const TraceEvent& event) const {
  return IsSending(event.kind) && late_ns_ > 0 && event.value >= late_ns_;
}

void StoryFacts::FindAbsent(std::span<const ListedEvent> events) {
  std::set<NodeId> present;
  for (const ListedEvent& each : events) {
    const TraceEvent& event = each.event;
    if (HasNode(event) && event.kind != K::kNodeNamed) {
      present.insert(event.node);
    }
    if (event.kind == K::kRequestUnreachable ||
        event.kind == K::kMessageUnreachable) {
      absent_.insert(event.peer);
    }
  }
  for (const NodeId node : present) absent_.erase(node);
}

void StoryFacts::FindServers(std::span<const ListedEvent> events) {
  for (const ListedEvent& each : events) {
    if (each.event.kind == K::kRequestDelivered) {
      servers_.insert(each.event.node);
    }
  }
}

void StoryFacts::FindLateness(std::span<const ListedEvent> events) {
  std::vector<uint64_t> delays;
  for (const ListedEvent& each : events) {
    if (IsSending(each.event.kind)) delays.push_back(each.event.value);
  }
  if (delays.empty()) return;
  const auto middle =
      delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
  std::nth_element(delays.begin(), middle, delays.end());
  late_ns_ = *middle * kLateFactor;
}

void StoryFacts::Learn(const ListedEvent& listed) {
  const TraceEvent& event = listed.event;
  if (event.kind == K::kOperationCalled) {
    OperationFacts facts{.number = event.id, .node = event.node};
    if (event.value < kNamedOperation) {
      facts.key = SplitOperation(listed.content).key;
      facts.writes = event.bytes > 0;
    }
    open_[event.node].push_back(operations_.size());
    places_[event.id] = operations_.size();
    operations_.push_back(std::move(facts));
  } else if (event.kind == K::kOperationReturned) {
    const std::optional<size_t> place = PlaceOf(event.id);
    if (!place) return;
    operations_[*place].has_returned = true;
    std::erase(open_[event.node], *place);
  } else if (IsOfCall(event.kind)) {
    LearnCall(event);
  }
}

void StoryFacts::LearnCall(const TraceEvent& event) {
  if (BeginsCall(event.kind) && !servers_.contains(event.node)) {
    const std::vector<size_t>& open = open_[event.node];
    if (!open.empty()) {
      calls_[event.id] = {.operation = open.back(), .sent = event.time};
    }
  }
  const CallFacts* call = CallOf(event);
  if (call == nullptr) return;
  OperationFacts& operation = operations_[call->operation];
  switch (event.kind) {
    case K::kRequestDelivered:
      if (++operation.receptions[event.node] > 1) {
        operation.was_received_oddly = true;
      }
      break;
    case K::kReplyLost:
    case K::kCallFailed:
      operation.was_received_oddly = true;
      operation.is_touched = operation.is_hurt = true;
      break;
    case K::kRequestLost:
    case K::kRequestDuplicated:
    case K::kRequestRefused:
    case K::kRequestUnreachable:
      operation.is_touched = operation.is_hurt = true;
      break;
    case K::kReplyDuplicated:
      operation.is_touched = true;
      break;
    default:
      if (IsLate(event)) operation.is_touched = operation.is_hurt = true;
      break;
  }
}

}  // namespace reprise
