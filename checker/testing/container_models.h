// Operations of a container as a history of its model.
//
//   TryEveryOrder(AsContainerHistory<StackModel>(operations), Budget());

#ifndef REPRISE_CHECKER_TESTING_CONTAINER_MODELS_H_
#define REPRISE_CHECKER_TESTING_CONTAINER_MODELS_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/models/set.h"

namespace reprise::checker {

namespace internal {

inline void SetInput(const ContainerOperation& operation,
                     ContainerInput& input) {
  if (operation.kind == ContainerKind::kInsert) {
    input.function = ContainerFunction::kInsert;
    input.element = Element::Integer(operation.value);
  }
}

inline void SetOutput(const ContainerOperation& operation,
                      ContainerOutput& output) {
  if (operation.kind == ContainerKind::kRemove) {
    output.element = Element::Integer(operation.value);
  }
}

inline void SetInput(const ContainerOperation& operation,
                     SetModel::Input& input) {
  input.element = Element::Integer(operation.value);
  input.function = SetFunction::kContains;
  switch (operation.kind) {
    case ContainerKind::kInsert:
    case ContainerKind::kInsertFailed:
      input.function = SetFunction::kAdd;
      break;
    case ContainerKind::kRemove:
    case ContainerKind::kRemoveFailed:
      input.function = SetFunction::kRemove;
      break;
    case ContainerKind::kFound:
    case ContainerKind::kNotFound:
    case ContainerKind::kEmpty:
      break;
  }
}

inline void SetOutput(const ContainerOperation& operation,
                      SetModel::Output& output) {
  const bool is_no = operation.kind == ContainerKind::kInsertFailed ||
                     operation.kind == ContainerKind::kRemoveFailed ||
                     operation.kind == ContainerKind::kNotFound;
  output.answer = is_no ? SetAnswer::kNo : SetAnswer::kYes;
}

}  // namespace internal

// Each operation is that of a client of its own. Values are integers. Of a set,
// an answer says whether its operation changed anything.
template <typename Model>
ModelHistory<Model> AsContainerHistory(
    const std::vector<ContainerOperation>& operations) {
  ModelHistory<Model> history;
  int client = 0;
  for (const ContainerOperation& each : operations) {
    typename ModelHistory<Model>::Operation operation = {.client = client++,
                                                         .input = {},
                                                         .output = std::nullopt,
                                                         .call = each.call,
                                                         .ret = each.ret};
    internal::SetInput(each, operation.input);
    if (!each.IsPending()) {
      internal::SetOutput(each, operation.output.emplace());
    }
    history.Add(std::move(operation));
  }
  return history;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_CONTAINER_MODELS_H_
