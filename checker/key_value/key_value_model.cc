#include "reprise/checker/key_value/key_value_model.h"

#include "absl/status/status.h"

namespace reprise::checker {

bool KeyValueModel::Step(const Input& input, const Output* output,
                         State& value) {
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

Call KeyValueModel::Print(const Input& input) {
  const EdnValue value = EdnValue::String(input.value);
  switch (input.kind) {
    case OperationKind::kGet:
      return {.function = "get", .key = input.key};
    case OperationKind::kPut:
      return {.function = "put", .key = input.key, .argument = value};
    case OperationKind::kAppend:
      return {.function = "append", .key = input.key, .argument = value};
    case OperationKind::kCas:
      break;
  }
  return {
      .function = "cas",
      .key = input.key,
      .argument = EdnValue::Vector({EdnValue::String(input.expected), value})};
}

EdnValue KeyValueModel::PrintOutput(const Input&, const Output& output) {
  switch (output.answer) {
    case Answer::kReported:
      return EdnValue::String(output.value);
    case Answer::kFailed:
      return EdnValue::Boolean(false);
    case Answer::kDone:
    case Answer::kPending:
      break;
  }
  return EdnValue::Nil();
}

absl::StatusOr<KeyValueModel::Input> KeyValueModel::Parse(const Call& call) {
  const auto is_string = [](const EdnValue& value) {
    return value.kind == EdnValue::Kind::kString;
  };
  const EdnValue& argument = call.argument;
  if (call.function == "get" && argument.IsNil()) {
    return Input{.kind = OperationKind::kGet, .key = call.key};
  }
  if (call.function == "put" && is_string(argument)) {
    return Input{
        .kind = OperationKind::kPut, .key = call.key, .value = argument.text};
  }
  if (call.function == "append" && is_string(argument)) {
    return Input{.kind = OperationKind::kAppend,
                 .key = call.key,
                 .value = argument.text};
  }
  if (call.function == "cas" && argument.elements.size() == 2 &&
      is_string(argument.elements[0]) && is_string(argument.elements[1])) {
    return Input{.kind = OperationKind::kCas,
                 .key = call.key,
                 .value = argument.elements[1].text,
                 .expected = argument.elements[0].text};
  }
  return absl::InvalidArgumentError(
      "found " + CallText(call) +
      ", expected get, put of a string, append of a string, or cas of two");
}

absl::StatusOr<KeyValueModel::Output> KeyValueModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  if (answer.kind == EdnValue::Kind::kString) {
    return Output{.answer = Answer::kReported, .value = answer.text};
  }
  if (input.kind == OperationKind::kCas &&
      IsSame(answer, EdnValue::Boolean(false))) {
    return Output{.answer = Answer::kFailed};
  }
  if (input.kind != OperationKind::kGet && answer.IsNil()) return Output();
  return absl::InvalidArgumentError(
      "found the answer " + CanonicalText(answer) + " of " +
      CallText(Print(input)) + ", expected a string");
}

KeyValueModel::Input KeyValueModel::InputOf(const History& history,
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

std::optional<KeyValueModel::Output> KeyValueModel::OutputOf(
    const History& history, const Operation& operation) {
  if (operation.IsPending()) return std::nullopt;
  Output output;
  output.answer = operation.answer;
  if (operation.HasOutput()) output.value = history.Output(operation);
  return output;
}

}  // namespace reprise::checker
