#include "reprise/sim/trace/trace.h"

#include <string_view>

namespace reprise {

void Trace::Show(TraceEvent event, std::string_view content) {
  sink_->OnEvent(event, content);
}

}  // namespace reprise
