#include "reprise/sim/explore/trial/violating_events.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"

namespace reprise {
namespace {

using K = EventKind;

std::optional<size_t> LastAnswer(std::span<const ListedEvent> events,
                                 std::span<const uint64_t> operations) {
  for (size_t i = events.size(); i-- > 0;) {
    if (events[i].event.kind != K::kOperationReturned) continue;
    const uint64_t id = events[i].event.id;
    if (std::find(operations.begin(), operations.end(), id) !=
        operations.end()) {
      return i;
    }
  }
  return std::nullopt;
}

// Those on which an operation is still open at the end.
std::set<NodeId> WaitingNodes(std::span<const ListedEvent> events) {
  std::map<uint64_t, NodeId> open;
  for (const ListedEvent& each : events) {
    if (each.event.kind == K::kOperationCalled) {
      open[each.event.id] = each.event.node;
    } else if (each.event.kind == K::kOperationReturned) {
      open.erase(each.event.id);
    }
  }
  std::set<NodeId> nodes;
  for (const auto& [id, node] : open) nodes.insert(node);
  return nodes;
}

}  // namespace

std::vector<size_t> ViolatingEvents(const Verdict& verdict,
                                    std::span<const ListedEvent> events) {
  if (verdict.kind != VerdictKind::kViolated) return {};
  if (const auto answer = LastAnswer(events, verdict.operations)) {
    return {*answer};
  }
  std::set<NodeId> waiting;
  if (IsStuck(verdict.property)) waiting = WaitingNodes(events);
  const bool takes_any = waiting.empty();
  std::vector<size_t> last;
  for (size_t i = events.size(); i-- > 0;) {
    const TraceEvent& event = events[i].event;
    if (!HasNode(event) || !IsPrinted(event)) continue;
    if (takes_any || waiting.erase(event.node) > 0) last.push_back(i);
    if (waiting.empty()) break;
  }
  std::reverse(last.begin(), last.end());
  return last;
}

}  // namespace reprise
