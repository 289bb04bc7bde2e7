#include "reprise/checker/key_value/store_model.h"

namespace reprise::checker {

bool StoreModel::Step(const History& history, const Operation& operation,
                      std::string& value) {
  if (operation.HasOutput() && history.Output(operation) != value) {
    return false;
  }
  switch (operation.kind) {
    case OperationKind::kGet:
      return true;
    case OperationKind::kPut:
      value.assign(operation.Argument());
      return true;
    case OperationKind::kAppend:
      value.append(operation.Argument());
      return true;
    case OperationKind::kCas: {
      const bool finds_expected = value == operation.Expected();
      if (operation.answer == Answer::kFailed) return !finds_expected;
      if (finds_expected) value.assign(operation.Argument());
      return finds_expected;
    }
  }
  return false;
}

}  // namespace reprise::checker
