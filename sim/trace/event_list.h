// EventList: the events of a trial with their contents, kept in memory.
//
// Guarantees: holds the events in the order in which they happened, those that
// are only shown among them; each has the number that `--until` calls it by.
// Asides (IsAside) are kept apart. The list costs some hundred bytes an event.
//
//   EventList list;
//   world.trace().SetSink(&list);
//   ...
//   for (const ListedEvent& each : list.events()) Print(each.event);

#ifndef REPRISE_SIM_TRACE_EVENT_LIST_H_
#define REPRISE_SIM_TRACE_EVENT_LIST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {

struct ListedEvent {
  TraceEvent event = {};
  std::string content = {};
  // From 1 on; of an event that is only shown, that of the last one before it.
  uint64_t number = 0;
  bool is_shown = false;  // As Trace::Show: no part of the digest.
};

class EventList : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override;
  void OnShown(const TraceEvent& event, std::string_view content) override;

  const std::vector<ListedEvent>& events() const { return events_; }
  // What was said beside them, in the order in which it was said.
  const std::vector<ListedEvent>& asides() const { return asides_; }

 private:
  std::vector<ListedEvent> events_;
  std::vector<ListedEvent> asides_;
  uint64_t recorded_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_EVENT_LIST_H_
