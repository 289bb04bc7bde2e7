// EventLinks: which event of a run another one ends: an arrival the sending of
// its message, a return the call of its operation.
//
// Guarantees: among duplicates that overtake each other, an arrival belongs to
// the copy that was to arrive then.
//
// Requires that each event of the run is added, in order.
//
//   EventLinks links;
//   for (size_t i = 0; i < events.size(); ++i) {
//     const std::optional<size_t> begin = links.Add(events[i].event, i);
//   }

#ifndef REPRISE_SIM_TRACE_EVENT_LINKS_H_
#define REPRISE_SIM_TRACE_EVENT_LINKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "reprise/sim/trace/event.h"

namespace reprise {

// The part that an event has in the life of a message or an operation.
enum class EventRole : uint8_t {
  kOther,
  kBegins,   // A message was put on a link; an operation was called.
  kEnds,     // It arrived; it returned.
  kNeverOn,  // A message that did not get onto a link, or was lost there.
};
EventRole RoleOf(EventKind kind);

class EventLinks {
 public:
  // `place` is the event's own. Returns that of the event which it ends, or
  // nothing.
  std::optional<size_t> Add(const TraceEvent& event, size_t place);

 private:
  // A message or an operation that has begun and not ended.
  struct Open {
    size_t place;
    uint64_t arrival;
  };
  using Thread = std::pair<int, uint64_t>;  // Its sort and its number.

  std::map<Thread, std::vector<Open>> open_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_EVENT_LINKS_H_
