// The causal cone of a violation: what happened before it in Lamport's sense,
// so that it can have been a cause of it.
//
// One event is before another if a chain of these leads from it to that one:
// the next event of the same node, whichever of its tasks or its disk does it;
// the arrival of a message that was sent; the failure of a call whose caller
// was told that it was refused, that the reply was lost, or that the other node
// stopped. What befalls the network as a whole, a partition, is before all that
// comes later.
//
//   const std::vector<size_t> last = {list.events().size() - 1};
//   const std::vector<bool> is_in = CausalCone(list.events(), last);

#ifndef REPRISE_SIM_TRACE_CAUSAL_CONE_H_
#define REPRISE_SIM_TRACE_CAUSAL_CONE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "reprise/sim/trace/event_list.h"

namespace reprise {

// For each event whether it happened before one of those at the places `last`,
// or is one of them.
// Events that only bring names are always in. O(events).
std::vector<bool> CausalCone(std::span<const ListedEvent> events,
                             std::span<const size_t> last);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_CAUSAL_CONE_H_
