// The events of a run as JSON for the page's script.
//
// Events are one string of numbers in base 64, five bits a letter, the lowest
// first, the sixth says that more follow; an event takes some eleven letters.
// run_model.js reads what this writes:
//   nanoseconds since the event before; by how much its number is higher;
//   the place of its words; its node's lane + 1, or 0;
//   how many events before it is the one that it ends, or 0, and only then
//   the lane of the peer + 1, or 0, and the difference of its id to the last
//   one, positive ones doubled, negative ones doubled and less one;
//   its text: 0 none, 1 the next new one, else 2 + how far that one is behind
//   the newest;
//   of a clog, of a flap and of slowness: its value.
// A curve of memory is [lane, numbers]: of each point by how much the event's
// number is higher, and the difference of the bytes. A state is [lane, the
// number of the event after which it began, its place among `stateWords`];
// those are [1 if it stands out, headline, name and value of each fact ...], or
// null where nothing is known any more. An order is [partition, the operation
// at which it stops or null, how many of the first operations are left out,
// numbers]: the differences of the operations' ids.

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_DATA_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_DATA_H_

#include <cstddef>
#include <string>

#include "reprise/sim/explore/page/run_events.h"
#include "reprise/sim/explore/page/run_page_input.h"

namespace reprise {

// At most `bytes_max` long, if nodes and words fit. What nodes were takes a
// third of that at most: the oldest of it is left out. Then the texts of the
// oldest events are, but those of faults stay; then the oldest events.
std::string RunDataJson(const RunEvents& run, const PageRun& input,
                        size_t bytes_max);

std::string CurveJson(const FailureCurve& curve);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_DATA_H_
