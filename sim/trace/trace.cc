#include "reprise/sim/trace/trace.h"

#include <string_view>

#include "reprise/sim/core/memory_account.h"

namespace reprise {

void Trace::Tell(TraceEvent event, std::string_view content) {
  // What a sink keeps is nobody's, whoever caused the event.
  const FrameworkMemoryScope scope;
  if (trail_ != nullptr && trail_->IsDue(events_)) {
    trail_->Add(events_, digest());
  }
  if (sink_ != nullptr) sink_->OnEvent(event, content);
}

void Trace::Show(const TraceEvent& event, std::string_view content) {
  if (sink_ == nullptr) return;
  const FrameworkMemoryScope scope;
  sink_->OnShown(event, content);
}

}  // namespace reprise
