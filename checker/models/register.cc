#include "reprise/checker/models/register.h"

#include <span>

#include "reprise/checker/models/call_parts.h"

namespace reprise::checker {
namespace {

using enum RegisterFunction;

constexpr FunctionName<RegisterFunction> kFunctions[] = {
    {"read", kRead}, {"get", kRead}, {"write", kWrite},        {"set", kWrite},
    {"put", kWrite}, {"cas", kCas},  {"compare-and-set", kCas}};
constexpr std::span<const FunctionName<RegisterFunction>> kNames = kFunctions;

}  // namespace

bool RegisterModel::Step(const Input& input, const Output* output,
                         State& state) {
  switch (input.function) {
    case kRead:
      return output == nullptr || output->value == state;
    case kWrite:
      state = input.value;
      return true;
    case kCas: {
      const bool is_other = state != input.expected;
      if (!is_other) state = input.value;
      return output == nullptr || output->has_found_another == is_other;
    }
  }
  return false;
}

Call RegisterModel::Print(const Input& input) {
  Call call = {.function = NameOf(input.function, kNames), .key = input.key};
  if (input.function == kWrite) call.argument = input.value.ToValue();
  if (input.function == kCas) {
    call.argument =
        EdnValue::Vector({input.expected.ToValue(), input.value.ToValue()});
  }
  return call;
}

EdnValue RegisterModel::PrintOutput(const Input& input, const Output& output) {
  if (input.function == kRead) return output.value.ToValue();
  return output.has_found_another ? EdnValue::Boolean(false) : EdnValue::Nil();
}

absl::StatusOr<RegisterModel::Input> RegisterModel::Parse(const Call& call) {
  const absl::StatusOr<RegisterFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  Input input = {.key = call.key, .function = *function};
  if (*function == kWrite) input.value = Element(call.argument);
  if (*function == kCas) {
    const std::vector<Element> values = ElementsOf(call.argument);
    if (values.size() != 2 || call.argument.kind != EdnValue::Kind::kVector) {
      return UnsuitableArgument(call, "[old new]");
    }
    input.expected = values[0];
    input.value = values[1];
  }
  return input;
}

absl::StatusOr<RegisterModel::Output> RegisterModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  if (input.function == kRead) return Output{.value = Element(answer)};
  const Call call = Print(input);
  if (SaysOnlyDone(call, answer)) return Output();
  if (input.function == kCas && SaysNo(answer)) {
    return Output{.has_found_another = true};
  }
  return UnsuitableAnswer(call, answer,
                          input.function == kCas
                              ? "nil or true, or false: it found another value"
                              : "nil, true, :ok or the value, as one that was "
                                "written");
}

}  // namespace reprise::checker
