#include "reprise/checker/models/container_calls.h"

namespace reprise::checker {

absl::StatusOr<ContainerInput> ParseContainerCall(const Call& call,
                                                  ContainerNames names) {
  const absl::StatusOr<ContainerFunction> function = FunctionOf(call, names);
  if (!function.ok()) return function.status();
  ContainerInput input = {.key = call.key, .function = *function};
  if (*function != ContainerFunction::kInsert) return input;
  if (call.argument.IsNil()) {
    return UnsuitableArgument(call, "an argument: the element");
  }
  input.element = Element(call.argument);
  return input;
}

absl::StatusOr<ContainerOutput> ParseContainerAnswer(const Call& call,
                                                     ContainerFunction function,
                                                     const EdnValue& answer) {
  if (function != ContainerFunction::kInsert) {
    return ContainerOutput{.element = Element(answer)};
  }
  if (SaysOnlyDone(call, answer)) return ContainerOutput();
  return UnsuitableAnswer(
      call, answer, "nil, true, :ok or the element, as one that was put in");
}

absl::StatusOr<std::vector<Element>> ParseElements(const EdnValue& value) {
  std::vector<Element> elements = ElementsOf(value);
  if (!value.IsNil() && !value.IsCollection()) {
    return absl::InvalidArgumentError("found " + CanonicalText(value) +
                                      ", expected the elements as [..], or "
                                      "nil");
  }
  for (const Element& element : elements) {
    if (!element.IsNil()) continue;
    return absl::InvalidArgumentError("found " + CanonicalText(value) +
                                      ", expected elements other than nil");
  }
  return elements;
}

}  // namespace reprise::checker
