// Where in a run its violation stands: the events from which to look back.
//
//   const std::vector<size_t> last =
//       ViolatingEvents(result.verdict, list.events());
//   const std::vector<bool> is_before = CausalCone(list.events(), last);

#ifndef REPRISE_SIM_EXPLORE_TRIAL_VIOLATING_EVENTS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_VIOLATING_EVENTS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {

// Places in `events`, ascending: of operations that contradict each other, the
// answer that came last; of a system that got stuck, the last event of each
// node that waits for an answer; else the last event of any node. Empty unless
// the verdict is a violation and a node did something.
std::vector<size_t> ViolatingEvents(const Verdict& verdict,
                                    std::span<const ListedEvent> events);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_VIOLATING_EVENTS_H_
