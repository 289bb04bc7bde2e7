#include "reprise/checker/testing/container_oracle.h"

#include "reprise/checker/history/require.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/set.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/container_models.h"
#include "reprise/checker/testing/exhaustive_check.h"

namespace reprise::checker {
namespace {

template <typename Model>
bool HasRightOrder(const std::vector<ContainerOperation>& operations) {
  const Outcome outcome =
      TryEveryOrder(AsContainerHistory<Model>(operations), Budget());
  REPRISE_REQUIRE(outcome != Outcome::kUndecided,
                  "too many to try every order");
  return outcome == Outcome::kHolds;
}

}  // namespace

bool IsLinearizable(ContainerType type,
                    const std::vector<ContainerOperation>& operations) {
  switch (type) {
    case ContainerType::kQueue:
      return HasRightOrder<QueueModel>(operations);
    case ContainerType::kStack:
      return HasRightOrder<StackModel>(operations);
    case ContainerType::kPriorityQueue:
      return HasRightOrder<PriorityQueueModel>(operations);
    case ContainerType::kSet:
      return HasRightOrder<SetModel>(operations);
  }
  return false;
}

}  // namespace reprise::checker
