#include "reprise/sim/explore/page/run_asides.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "reprise/sim/trace/event.h"

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

}  // namespace

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
