// What the models of a queue, a stack and a priority queue share: an element is
// put in, the next one is taken out or looked at.
//
// A model derives from it and says by which names recordings call its
// functions, where it puts an element, and where the next one is:
//
//   struct QueueModel : ContainerCalls<QueueModel> {
//     static constexpr FunctionName<ContainerFunction> kNames[] = {...};
//     static void Put(const Element& element, State& state);
//     static size_t NextOf(const State& state);  // state is not empty
//   };
//
// An element is any value but nil: nil is the answer of a container that is
// empty. The first state is the elements in a vector, or nil.

#ifndef REPRISE_CHECKER_MODELS_CONTAINER_CALLS_H_
#define REPRISE_CHECKER_MODELS_CONTAINER_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class ContainerFunction : uint8_t { kInsert, kRemove, kPeek };

using ContainerNames = std::span<const FunctionName<ContainerFunction>>;

struct ContainerInput {
  std::string key = {};  // "": there is one
  ContainerFunction function = ContainerFunction::kRemove;
  Element element = {};  // that is put in
};

struct ContainerOutput {
  Element element = {};  // nil: it was empty, or an element was put in
};

absl::StatusOr<ContainerInput> ParseContainerCall(const Call& call,
                                                  ContainerNames names);
absl::StatusOr<ContainerOutput> ParseContainerAnswer(const Call& call,
                                                     ContainerFunction function,
                                                     const EdnValue& answer);
// The elements that a first state names.
absl::StatusOr<std::vector<Element>> ParseElements(const EdnValue& value);

template <typename Model>
struct ContainerCalls {
  using State = std::vector<Element>;
  using Input = ContainerInput;
  using Output = ContainerOutput;

  static State Init() { return {}; }

  static bool Step(const Input& input, const Output* output, State& state) {
    if (input.function == ContainerFunction::kInsert) {
      Model::Put(input.element, state);
      return true;
    }
    if (state.empty()) return output == nullptr || output->element.IsNil();
    const size_t next = Model::NextOf(state);
    if (output != nullptr && output->element != state[next]) return false;
    if (input.function == ContainerFunction::kRemove) {
      state.erase(state.begin() + static_cast<ptrdiff_t>(next));
    }
    return true;
  }

  static Call Print(const Input& input) {
    return {.function = NameOf(input.function, ContainerNames(Model::kNames)),
            .key = input.key,
            .argument = input.element.ToValue()};
  }
  static EdnValue PrintOutput(const Input&, const Output& output) {
    return output.element.ToValue();
  }
  static absl::StatusOr<Input> Parse(const Call& call) {
    return ParseContainerCall(call, Model::kNames);
  }
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer) {
    return ParseContainerAnswer(Print(input), input.function, answer);
  }
  static absl::StatusOr<State> ParseState(const EdnValue& value) {
    const absl::StatusOr<std::vector<Element>> elements = ParseElements(value);
    if (!elements.ok()) return elements.status();
    State state;
    for (const Element& element : *elements) Model::Put(element, state);
    return state;
  }

  static const std::string& Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    if (input.function == ContainerFunction::kPeek) return true;
    return input.function == ContainerFunction::kRemove && output != nullptr &&
           output->element.IsNil();
  }
  static uint64_t Hash(const State& state) { return HashOf(state); }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CONTAINER_CALLS_H_
