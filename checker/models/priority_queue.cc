#include "reprise/checker/models/priority_queue.h"

#include <algorithm>
#include <functional>

#include "reprise/checker/containers/priority_queue.h"
#include "reprise/checker/models/container_history.h"

namespace reprise::checker {

void PriorityQueueModel::Put(const Element& element, State& state) {
  state.insert(std::upper_bound(state.begin(), state.end(), element,
                                std::greater<Element>()),
               element);
}

DirectVerdict PriorityQueueModel::CheckDirectly(
    const ModelHistory<PriorityQueueModel>& history,
    std::span<const OperationId> ids, EventIndex end) {
  return CheckContainer(history, ids, end, CheckPriorityQueue);
}

}  // namespace reprise::checker
