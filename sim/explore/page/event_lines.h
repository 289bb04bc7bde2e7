// The events of a run as JSON Lines, one object a line, for programs.
//
// Members: `event` (its number, from 1 on), `time_ns`, `kind`, `verb`, `text`;
// `node`, `peer`, `fault` where there are any; `id`, `value`, `bytes` as
// sim/trace/event.h says; `ends`, the number of the event that it ends;
// `is_shown` of lines of logs, which are no part of the digest.
//
// Guarantees: every event but those that bring names has a line, in order.
//
//   WriteEventLines(file, list.events(), catalog.text);

#ifndef REPRISE_SIM_EXPLORE_PAGE_EVENT_LINES_H_
#define REPRISE_SIM_EXPLORE_PAGE_EVENT_LINES_H_

#include <ostream>
#include <span>

#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

void WriteEventLines(std::ostream& out, std::span<const ListedEvent> events,
                     TextOptions text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_EVENT_LINES_H_
