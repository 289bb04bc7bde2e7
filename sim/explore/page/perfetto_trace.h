// The events of a run in the JSON of Chrome's trace viewer, which Perfetto
// opens: nodes are processes, tasks threads, messages flows, operations slices,
// faults instants.
//
// Guarantees, by the format's description ("Trace Event Format", Google): `pid`
// and `tid` are integers; `ts` and `dur` are microseconds, ascending on each
// thread; phases are M, X, b, e, s, f and i; each `s` has its `f` and each `b`
// its `e`. A message that was lost has no flow; its slice says so.
//
//   WritePerfettoTrace(file, list.events(), catalog.text);

#ifndef REPRISE_SIM_EXPLORE_PAGE_PERFETTO_TRACE_H_
#define REPRISE_SIM_EXPLORE_PAGE_PERFETTO_TRACE_H_

#include <ostream>
#include <span>

#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

void WritePerfettoTrace(std::ostream& out, std::span<const ListedEvent> events,
                        TextOptions text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_PERFETTO_TRACE_H_
