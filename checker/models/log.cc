#include "reprise/checker/models/log.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"

namespace reprise::checker {
namespace {

using enum LogFunction;

constexpr FunctionName<LogFunction> kFunctions[] = {
    {"append", kAppend}, {"send", kAppend}, {"produce", kAppend},
    {"read", kRead},     {"poll", kPoll},   {"fetch", kPoll},
};
constexpr std::span<const FunctionName<LogFunction>> kNames = kFunctions;

// Whether `elements` are the first ones of those of the log from `offset` on.
bool Begins(const std::vector<Element>& log, uint64_t offset,
            const std::vector<Element>& elements) {
  if (elements.empty()) return true;
  return offset < log.size() && elements.size() <= log.size() - offset &&
         std::equal(elements.begin(), elements.end(),
                    log.begin() + static_cast<ptrdiff_t>(offset));
}

bool AsOffset(const EdnValue& value, uint64_t& offset) {
  int64_t number = 0;
  if (!value.AsInt64(number) || number < 0) return false;
  offset = static_cast<uint64_t>(number);
  return true;
}

EdnValue OffsetValue(uint64_t offset) {
  return EdnValue::Integer(static_cast<int64_t>(offset));
}

}  // namespace

bool LogModel::Step(const Input& input, const Output* output, State& state) {
  if (input.function == kAppend) {
    const uint64_t offset = state.size();
    if (output != nullptr && output->offset.value_or(offset) != offset) {
      return false;
    }
    state.push_back(input.element);
    return true;
  }
  if (output == nullptr) return true;
  const std::vector<Element>& elements = output->elements;
  if (input.function == kReadAll) return elements == state;
  if (!Begins(state, input.offset, elements)) return false;
  return input.function == kPoll || !elements.empty() ||
         input.offset >= state.size();
}

Call LogModel::Print(const Input& input) {
  const LogFunction function =
      input.function == kReadAll ? kRead : input.function;
  Call call = {.function = NameOf(function, kNames), .key = input.key};
  if (input.function == kAppend) {
    call.argument = input.element.ToValue();
  } else if (input.function != kReadAll) {
    call.argument = OffsetValue(input.offset);
  }
  return call;
}

EdnValue LogModel::PrintOutput(const Input& input, const Output& output) {
  switch (input.function) {
    case kAppend:
      return output.offset ? OffsetValue(*output.offset) : EdnValue::Nil();
    case kRead:
      return output.elements.empty() ? EdnValue::Nil()
                                     : output.elements[0].ToValue();
    case kReadAll:
    case kPoll:
      break;
  }
  return VectorOf(output.elements);
}

absl::StatusOr<LogModel::Input> LogModel::Parse(const Call& call) {
  const absl::StatusOr<LogFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  Input input = {.key = call.key, .function = *function};
  if (*function == kAppend) {
    if (call.argument.IsNil()) {
      return UnsuitableArgument(call, "an argument: the element");
    }
    input.element = Element(call.argument);
  } else if (*function == kRead && call.argument.IsNil()) {
    input.function = kReadAll;
  } else if (!AsOffset(call.argument, input.offset)) {
    return UnsuitableArgument(call, "an offset: 0, 1, 2 and so on");
  }
  return input;
}

absl::StatusOr<LogModel::Output> LogModel::ParseOutput(const Input& input,
                                                       const EdnValue& answer) {
  const Call call = Print(input);
  Output output;
  if (input.function == kAppend) {
    if (SaysOnlyDone(call, answer)) return output;
    uint64_t offset = 0;
    if (!AsOffset(answer, offset)) {
      return UnsuitableAnswer(call, answer, "an offset, or nil: it was done");
    }
    output.offset = offset;
  } else if (input.function == kRead) {
    if (!answer.IsNil()) output.elements.push_back(Element(answer));
  } else if (answer.kind == EdnValue::Kind::kVector) {
    output.elements = ElementsOf(answer);
  } else {
    return UnsuitableAnswer(call, answer, "the elements, as [..]");
  }
  return output;
}

absl::StatusOr<LogModel::State> LogModel::ParseState(const EdnValue& value) {
  return ParseElements(value);
}

}  // namespace reprise::checker
