// The trace of what happened before a violation, as --trace=cone prints it:
// the causal cone (sim/trace/causal_cone.h), and how much is left out.

#ifndef REPRISE_SIM_EXPLORE_SWEEP_CONE_TRACE_H_
#define REPRISE_SIM_EXPLORE_SWEEP_CONE_TRACE_H_

#include <functional>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_filter.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// Hands `print` a line for each event of the cone that passes `filter`, and one
// that says how many events are outside; of a run that violates nothing, one
// that says so. InvalidArgument for a name in the filter that the run has not.
absl::Status PrintCone(const Verdict& verdict,
                       std::span<const ListedEvent> events,
                       const TextOptions& text, const TraceFilter& filter,
                       const std::function<void(std::string_view)>& print);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_CONE_TRACE_H_
