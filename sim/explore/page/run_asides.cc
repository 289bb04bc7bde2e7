#include "reprise/sim/explore/page/run_asides.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reprise/sim/trace/event.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

using Points = std::vector<MemoryPoint>;

bool HoldsLess(const MemoryPoint& a, const MemoryPoint& b) {
  return a.bytes < b.bytes;
}

// The least and the most of `points` from `first` to before `last`, as they
// came.
void AppendExtremes(const Points& points, size_t first, size_t last,
                    Points& thinned) {
  const auto from = points.begin() + static_cast<ptrdiff_t>(first);
  const auto to = points.begin() + static_cast<ptrdiff_t>(last);
  auto [least, most] = std::minmax_element(from, to, HoldsLess);
  if (least > most) std::swap(least, most);
  thinned.push_back(*least);
  if (least != most) thinned.push_back(*most);
}

Points Thinned(const Points& points, size_t points_max) {
  if (points.size() <= points_max) return points;
  const size_t stretches = (points_max - 1) / 2;
  const uint64_t first = points.front().event;
  const uint64_t span = points.back().event - first + 1;
  Points thinned;
  size_t begin = 0;
  for (size_t i = 1; i <= stretches; ++i) {
    size_t end = begin;
    while (end < points.size() &&
           (points[end].event - first) * stretches < span * i) {
      ++end;
    }
    if (end > begin) AppendExtremes(points, begin, end, thinned);
    begin = end;
  }
  if (thinned.back() != points.back()) thinned.push_back(points.back());
  return thinned;
}

// The order of this name that is being shown: names are those of one history,
// and histories are shown one after the other.
FoundOrder& OrderNamed(const std::string& partition, bool begins,
                       std::vector<FoundOrder>& orders) {
  const auto found = std::find_if(
      orders.rbegin(), orders.rend(),
      [&](const FoundOrder& each) { return each.partition == partition; });
  if (!begins && found != orders.rend()) return *found;
  orders.push_back({.partition = partition});
  return orders.back();
}

NodeState InPrint(NodeState state) {
  state.headline = Shortened(Printable(state.headline));
  for (NodeFact& fact : state.facts) {
    fact = {Shortened(Printable(fact.name)), Shortened(Printable(fact.value))};
  }
  return state;
}

// Those of the violation, or those along the way.
std::vector<ShownState> StatesOf(std::span<const ListedEvent> asides,
                                 bool is_of_violation) {
  std::vector<ShownState> states;
  for (const ListedEvent& each : asides) {
    const TraceEvent& event = each.event;
    if (event.kind != EventKind::kNodeDescribed ||
        (event.id != 0) != is_of_violation) {
      continue;
    }
    states.push_back(
        {event.node, each.number, InPrint(NodeStateOfText(each.content))});
  }
  return states;
}

// Drops those that go on with the headline of the node's state before.
void KeepNewHeadlines(std::vector<ShownState>& states) {
  std::map<NodeId, std::string> last;
  std::erase_if(states, [&last](const ShownState& each) {
    const auto [place, is_new] = last.try_emplace(each.node);
    const bool goes_on = !is_new && place->second == each.state.headline;
    place->second = each.state.headline;
    return goes_on;
  });
}

}  // namespace

std::string Shortened(std::string_view text) {
  constexpr size_t kLongest = 160;
  return FitColumns(text, kLongest, kLongest / 3);
}

std::vector<MemoryCurve> MemoryCurvesOf(std::span<const ListedEvent> asides,
                                        size_t points_max) {
  std::map<NodeId, Points> shown;
  for (const ListedEvent& each : asides) {
    if (each.event.kind != EventKind::kMemoryHeld) continue;
    shown[each.event.node].push_back({each.number, each.event.value});
  }
  std::vector<MemoryCurve> curves;
  for (const auto& [node, points] : shown) {
    curves.push_back({.node = node, .points = Thinned(points, points_max)});
  }
  return curves;
}

std::vector<ShownState> ShownStatesOf(std::span<const ListedEvent> asides,
                                      size_t states_max) {
  std::vector<ShownState> states = StatesOf(asides, false);
  if (states.size() > states_max) KeepNewHeadlines(states);
  if (states.size() > states_max) {
    states.erase(states.begin(),
                 states.end() - static_cast<ptrdiff_t>(states_max));
  }
  return states;
}

std::vector<ShownState> StatesAtViolation(std::span<const ListedEvent> asides) {
  return StatesOf(asides, true);
}

std::vector<FoundOrder> FoundOrdersOf(std::span<const ListedEvent> asides) {
  std::vector<FoundOrder> orders;
  for (const ListedEvent& each : asides) {
    const TraceEvent& event = each.event;
    if (event.kind != EventKind::kOperationOrdered) continue;
    FoundOrder& order = OrderNamed(each.content, event.value == 1, orders);
    if (event.value == 0) {
      order.illegal = event.id;
    } else {
      order.operations.push_back(event.id);
    }
  }
  return orders;
}

}  // namespace reprise
