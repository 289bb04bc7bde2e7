#include "reprise/sim/trace/event_list.h"

namespace reprise {

void EventList::OnEvent(const TraceEvent& event, std::string_view content) {
  ++recorded_;
  events_.push_back({event, std::string(content), recorded_, false});
}

void EventList::OnShown(const TraceEvent& event, std::string_view content) {
  std::vector<ListedEvent>& list = IsAside(event.kind) ? asides_ : events_;
  list.push_back({event, std::string(content), recorded_, true});
}

}  // namespace reprise
