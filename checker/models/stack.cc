#include "reprise/checker/models/stack.h"

#include "reprise/checker/containers/stack.h"
#include "reprise/checker/models/container_history.h"

namespace reprise::checker {

DirectVerdict StackModel::CheckDirectly(const ModelHistory<StackModel>& history,
                                        std::span<const OperationId> ids,
                                        EventIndex end) {
  return CheckContainer(history, ids, end, CheckStack);
}

}  // namespace reprise::checker
