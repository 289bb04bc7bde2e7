// A fault mix in words, for people: what of it is not calm.
//
//   requests: 0 s to 26 ms, late 1 % (200 ms to 2 s), lost 10 %
//   replies: 0 s to 26 ms, late 1 % (200 ms to 2 s), duplicated 10 %
//   calls: fail after 100 ms
//   pauses: begin in 0.4 % of ticks of 10 ms, at least 1 ms, mean 213 ms
//
// Guarantees: one line for each source of faults that is on, each ending with a
// line break; the same text for the same mix. Durations are rounded to three
// figures. What each field says stands in fault_fields.h.

#ifndef REPRISE_SIM_WORLD_DESCRIBE_MIX_H_
#define REPRISE_SIM_WORLD_DESCRIBE_MIX_H_

#include <string>

#include "reprise/sim/world/faults.h"

namespace reprise {

std::string DescribeMix(const FaultMix& faults);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DESCRIBE_MIX_H_
