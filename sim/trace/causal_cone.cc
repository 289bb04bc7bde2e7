#include "reprise/sim/trace/causal_cone.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_links.h"
#include "reprise/sim/trace/event_text.h"

namespace reprise {
namespace {

using K = EventKind;

// The events just before one: the last one of its node, and one elsewhere.
struct Before {
  std::optional<size_t> here = {};
  std::optional<size_t> elsewhere = {};
};

class Order {
 public:
  explicit Order(std::span<const ListedEvent> events) {
    before_.reserve(events.size());
    for (const ListedEvent& each : events) Add(each.event);
  }

  const Before& BeforeOf(size_t place) const { return before_[place]; }

 private:
  void Add(const TraceEvent& event) {
    const size_t place = before_.size();
    Before before{.elsewhere = links_.Add(event, place)};
    if (HasNode(event) && IsPrinted(event)) {
      const auto [last, is_first] = last_.try_emplace(event.node, place);
      if (!is_first) before.here = std::exchange(last->second, place);
    }
    if (event.kind == K::kCallFailed) before.elsewhere = WhatFailed(event);
    Learn(event, place);
    before_.push_back(before);
  }

  // What other nodes did to a call that may fail of it.
  void Learn(const TraceEvent& event, size_t place) {
    switch (event.kind) {
      case K::kRequestSent:
        calls_[event.id] = place;
        break;
      case K::kRequestRefused:
      case K::kReplyLost:
        endings_[event.id] = place;
        break;
      case K::kNodeStopped:
        stops_[event.node] = place;
        break;
      default:
        break;
    }
  }

  // A deadline that passes needs nobody else.
  std::optional<size_t> WhatFailed(const TraceEvent& event) const {
    const auto deadline =
        static_cast<uint64_t>(absl::StatusCode::kDeadlineExceeded);
    if (event.value == deadline) return std::nullopt;
    const auto ending = endings_.find(event.id);
    if (ending != endings_.end()) return ending->second;
    const auto sent = calls_.find(event.id);
    const auto stop = stops_.find(event.peer);
    if (stop == stops_.end() || sent == calls_.end() ||
        stop->second < sent->second) {
      return std::nullopt;
    }
    return stop->second;
  }

  EventLinks links_;
  std::vector<Before> before_;
  std::map<NodeId, size_t> last_;
  // By the number of the call, and by node.
  std::map<uint64_t, size_t> calls_;
  std::map<uint64_t, size_t> endings_;
  std::map<NodeId, size_t> stops_;
};

}  // namespace

std::vector<bool> CausalCone(std::span<const ListedEvent> events,
                             std::span<const size_t> last) {
  const Order order(events);
  std::vector<bool> is_in(events.size(), false);
  size_t end = 0;
  for (const size_t place : last) {
    is_in[place] = true;
    end = std::max(end, place);
  }
  for (size_t i = events.size(); i-- > 0;) {
    const K kind = events[i].event.kind;
    const bool is_of_all =
        kind == K::kPartitioned || kind == K::kPartitionHealed;
    if (!IsPrinted(events[i].event) || (is_of_all && i < end)) {
      is_in[i] = true;
      continue;
    }
    if (!is_in[i]) continue;
    const Before& before = order.BeforeOf(i);
    if (before.here) is_in[*before.here] = true;
    if (before.elsewhere) is_in[*before.elsewhere] = true;
  }
  return is_in;
}

}  // namespace reprise
