#include "reprise/sim/explore/sweep/cone_trace.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/trial/violating_events.h"
#include "reprise/sim/trace/causal_cone.h"
#include "reprise/sim/trace/text.h"
#include "reprise/text/numbers.h"

namespace reprise {

absl::Status PrintCone(const Verdict& verdict,
                       std::span<const ListedEvent> events,
                       const TextOptions& text, const TraceFilter& filter,
                       const std::function<void(std::string_view)>& print) {
  const std::vector<size_t> last = ViolatingEvents(verdict, events);
  if (last.empty()) {
    print(
        "cone: no property is violated, so that there is nothing to look "
        "back from");
    return absl::OkStatus();
  }
  const std::vector<bool> is_in = CausalCone(events, last);
  TextTrace trace(text, print, filter);
  uint64_t left_out = 0;
  for (size_t i = 0; i < events.size(); ++i) {
    if (!is_in[i]) {
      ++left_out;
    } else if (events[i].is_shown) {
      trace.OnShown(events[i].event, events[i].content);
    } else {
      trace.OnEvent(events[i].event, events[i].content);
    }
  }
  const absl::Status status = trace.CheckFilter();
  if (!status.ok()) return status;
  print(absl::StrCat("cone: ", WithThousands(left_out), " of ",
                     Count(events.size(), "event"),
                     " are left out, which did not happen before the "
                     "violation"));
  return absl::OkStatus();
}

}  // namespace reprise
