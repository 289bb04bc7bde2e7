#include "reprise/checker/models/counter.h"

#include <span>

#include "absl/status/status.h"
#include "reprise/checker/models/call_parts.h"

namespace reprise::checker {
namespace {

using enum CounterFunction;

constexpr FunctionName<CounterFunction> kFunctions[] = {
    {"add", kAdd},
    {"increment", kAdd},
    {"inc", kAdd},
    {"incr", kAdd},
    {"inc!", kAdd},
    {"subtract", kSubtract},
    {"decrement", kSubtract},
    {"dec", kSubtract},
    {"decr", kSubtract},
    {"dec!", kSubtract},
    {"add-and-get", kAddAndGet},
    {"increment-and-get", kAddAndGet},
    {"get-and-add", kGetAndAdd},
    {"get-and-increment", kGetAndAdd},
    {"read", kRead},
    {"get", kRead},
    {"value", kRead},
};
constexpr std::span<const FunctionName<CounterFunction>> kNames = kFunctions;

bool SaysNumber(CounterFunction function) {
  return function == kAddAndGet || function == kGetAndAdd || function == kRead;
}

// They wrap around.
int64_t Sum(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) +
                              static_cast<uint64_t>(b));
}
int64_t Difference(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) -
                              static_cast<uint64_t>(b));
}

}  // namespace

bool CounterModel::Step(const Input& input, const Output* output,
                        State& state) {
  const int64_t before = state;
  state = input.function == kSubtract ? Difference(before, input.amount)
                                      : Sum(before, input.amount);
  if (output == nullptr || !SaysNumber(input.function)) return true;
  return output->number == (input.function == kGetAndAdd ? before : state);
}

Call CounterModel::Print(const Input& input) {
  Call call = {.function = NameOf(input.function, kNames), .key = input.key};
  if (input.function != kRead) call.argument = EdnValue::Integer(input.amount);
  return call;
}

EdnValue CounterModel::PrintOutput(const Input& input, const Output& output) {
  return SaysNumber(input.function) ? EdnValue::Integer(output.number)
                                    : EdnValue::Nil();
}

absl::StatusOr<CounterModel::Input> CounterModel::Parse(const Call& call) {
  const absl::StatusOr<CounterFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  Input input = {.key = call.key, .function = *function};
  if (*function == kRead) return input;
  input.amount = 1;
  if (call.argument.IsNil() || call.argument.AsInt64(input.amount)) {
    return input;
  }
  return UnsuitableArgument(call, "an integer of 64 bits, or nil: 1");
}

absl::StatusOr<CounterModel::Output> CounterModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  const Call call = Print(input);
  Output output;
  if (!SaysNumber(input.function)) {
    if (SaysOnlyDone(call, answer)) return output;
    return UnsuitableAnswer(call, answer,
                            "nil, true, :ok or the argument (add-and-get and "
                            "get-and-add answer with the number)");
  }
  if (answer.AsInt64(output.number)) return output;
  return UnsuitableAnswer(call, answer, "an integer of 64 bits");
}

absl::StatusOr<CounterModel::State> CounterModel::ParseState(
    const EdnValue& value) {
  State state = 0;
  if (value.IsNil() || value.AsInt64(state)) return state;
  return absl::InvalidArgumentError("found " + CanonicalText(value) +
                                    ", expected an integer of 64 bits");
}

}  // namespace reprise::checker
