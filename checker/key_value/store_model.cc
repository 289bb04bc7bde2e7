#include "reprise/checker/key_value/store_model.h"

#include "reprise/checker/history/text.h"

namespace reprise::checker {

bool StoreModel::Step(const Input& input, const Output* output, State& value) {
  if (output != nullptr && output->answer == Answer::kReported &&
      output->value != value) {
    return false;
  }
  switch (input.kind) {
    case OperationKind::kGet:
      return true;
    case OperationKind::kPut:
      value = input.value;
      return true;
    case OperationKind::kAppend:
      value += input.value;
      return true;
    case OperationKind::kCas: {
      const bool finds_expected = value == input.expected;
      if (output != nullptr && output->answer == Answer::kFailed) {
        return !finds_expected;
      }
      if (finds_expected) value = input.value;
      return finds_expected;
    }
  }
  return false;
}

std::string StoreModel::Describe(const Input& input, const Output* output) {
  // A history of this one operation says it.
  History history;
  const OperationId id =
      input.kind == OperationKind::kCas
          ? history.InvokeCas(0, input.key, input.expected, input.value)
          : history.Invoke(0, input.kind, input.key, input.value);
  if (output != nullptr) {
    switch (output->answer) {
      case Answer::kPending:
        break;
      case Answer::kReported:
        history.Return(id, output->value);
        break;
      case Answer::kDone:
        history.ReturnUnobserved(id);
        break;
      case Answer::kFailed:
        history.ReturnFailed(id);
        break;
    }
  }
  return CallText(history, id);
}

StoreModel::Input StoreModel::InputOf(const History& history,
                                      const Operation& operation) {
  Input input;
  input.kind = operation.kind;
  input.key = history.KeyName(operation.key);
  input.value = operation.Argument();
  if (operation.kind == OperationKind::kCas) {
    input.expected = operation.Expected();
  }
  return input;
}

std::optional<StoreModel::Output> StoreModel::OutputOf(
    const History& history, const Operation& operation) {
  if (operation.IsPending()) return std::nullopt;
  Output output;
  output.answer = operation.answer;
  if (operation.HasOutput()) output.value = history.Output(operation);
  return output;
}

}  // namespace reprise::checker
