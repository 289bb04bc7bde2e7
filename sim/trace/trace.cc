#include "reprise/sim/trace/trace.h"

#include <string_view>

#include "reprise/sim/core/memory_account.h"

namespace reprise {

void Trace::Show(TraceEvent event, std::string_view content) {
  // What a sink keeps is nobody's, whoever caused the event.
  const FrameworkMemoryScope scope;
  sink_->OnEvent(event, content);
}

}  // namespace reprise
