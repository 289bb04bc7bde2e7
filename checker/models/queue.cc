#include "reprise/checker/models/queue.h"

#include "reprise/checker/containers/queue.h"
#include "reprise/checker/models/container_history.h"

namespace reprise::checker {

DirectVerdict QueueModel::CheckDirectly(const ModelHistory<QueueModel>& history,
                                        std::span<const OperationId> ids,
                                        EventIndex end) {
  return CheckContainer(history, ids, end, CheckQueue);
}

}  // namespace reprise::checker
