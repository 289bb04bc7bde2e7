// What is known of a run beside its events: the memory of its nodes as curves
// of few points, what its nodes were, and the orders that a check found.
//
//   for (const MemoryCurve& curve : MemoryCurvesOf(list.asides(), 300)) {
//     Draw(curve.node, curve.points);
//   }

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_ASIDES_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_ASIDES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {

struct MemoryPoint {
  uint64_t event = 0;  // The number of the event after which it was so.
  uint64_t bytes = 0;

  friend bool operator==(const MemoryPoint&, const MemoryPoint&) = default;
};

// What a node held over time: as much as at a point until the next one.
struct MemoryCurve {
  NodeId node = {};
  std::vector<MemoryPoint> points = {};
};

// The curves of all nodes whose memory was shown, by their numbers. Of each
// there are at most `points_max` points, which is at least 4: where there were
// more, the least and the most of each stretch of the run, and the last one.
std::vector<MemoryCurve> MemoryCurvesOf(std::span<const ListedEvent> asides,
                                        size_t points_max);

// A text that is printable, short enough for a page: the middle is left out
// where it is wider than 160 columns.
std::string Shortened(std::string_view text);

// What a node was from an event on, until its next one. Its words are printable
// and short.
struct ShownState {
  NodeId node = {};
  uint64_t event = 0;  // The number of the event after which it was so.
  NodeState state = {};
};

// In the order in which they began. Of more than `states_max`, those alone with
// which a headline begins, and of more than that the last ones.
std::vector<ShownState> ShownStatesOf(std::span<const ListedEvent> asides,
                                      size_t states_max);

// What the nodes were when the run was violated, by their numbers.
std::vector<ShownState> StatesAtViolation(std::span<const ListedEvent> asides);

// The order in which the check of one partition applied its operations.
struct FoundOrder {
  std::string partition = {};
  std::vector<uint64_t> operations = {};  // By their numbers in the trace.
  // The operation whose answer no order explains: there it stops.
  std::optional<uint64_t> illegal = {};
};

// In the order in which they were shown.
std::vector<FoundOrder> FoundOrdersOf(std::span<const ListedEvent> asides);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_ASIDES_H_
