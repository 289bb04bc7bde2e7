// What a model is: a sequential specification of an object, as a struct. Its
// functions are pure. `output` is null where the answer is not known.
//
// Required members:
//
//   using State, Input, Output;  // Values; State has operator==.
//
//   static State Init();
//
//   // Takes an operation and changes the state. False if the operation cannot
//   // give this output in this state. Without an output it does what it does
//   // when it takes effect: a known output may confirm that, or say that
//   // nothing was changed, but not lead to another state. (If an operation may
//   // take effect in several ways, the state is to leave open in which.)
//   static bool Step(const Input&, const Output* output, State&);
//
// and how operations are shown: either as text,
//
//   // Operations with one text do the same. Nothing may be left out of it.
//   static std::string Describe(const Input&, const Output* output);
//
// or as recordings name them (value/call.h), both ways, which lets the model
// judge and write files, too:
//
//   static Call Print(const Input&);
//   static EdnValue PrintOutput(const Input&, const Output&);
//   // InvalidArgument: "found ..., expected ...".
//   static absl::StatusOr<Input> Parse(const Call&);
//   static absl::StatusOr<Output> ParseOutput(const Input&, const EdnValue&);
//
// Members that a model may have:
//
//   // False: no argument is a vector, so that in a recording a vector of two
//   // is [key argument].
//   static constexpr bool kTakesVectors = false;
//
//   // A state that a user names as the first one.
//   static absl::StatusOr<State> ParseState(const EdnValue&);
//
//   // The part of the state that the operation works on, by name. Operations
//   // on different parts never affect each other. Else that is the key of what
//   // Print() gives. May return a reference to a member, which is faster.
//   static std::string Partition(const Input&);
//
//   // Whether the operation leaves every state as it is, if this is
//   // its output. Makes the search faster.
//   static bool IsReadOnly(const Input&, const Output* output);
//
//   // Equal states have equal hashes. It decides nothing but speed.
//   static uint64_t Hash(const State&);
//
//   // Judges without a search what can be (direct_verdict.h).
//   static DirectVerdict CheckDirectly(const ModelHistory<Model>&,
//                                      std::span<const OperationId>,
//                                      EventIndex end);
//
// See models/mutex.h for a whole one.

#ifndef REPRISE_CHECKER_MODEL_MODEL_H_
#define REPRISE_CHECKER_MODEL_MODEL_H_

#include <concepts>
#include <cstdint>
#include <string>

#include "reprise/checker/value/call.h"

namespace reprise::checker {

// Whether its operations can be written to recordings and read from them.
template <typename Model>
concept Recordable = requires(const typename Model::Input& input,
                              const typename Model::Output& output,
                              const Call& call, const EdnValue& value) {
  { Model::Print(input) } -> std::same_as<Call>;
  { Model::PrintOutput(input, output) } -> std::same_as<EdnValue>;
  Model::Parse(call);
  Model::ParseOutput(input, value);
};

template <typename Model>
constexpr bool TakesVectors() {
  if constexpr (requires { Model::kTakesVectors; }) {
    return Model::kTakesVectors;
  } else {
    return true;
  }
}

// A string, or a reference to one where the model gives it.
template <typename Model>
decltype(auto) PartitionOf(const typename Model::Input& input) {
  if constexpr (requires { Model::Partition(input); }) {
    return Model::Partition(input);
  } else if constexpr (Recordable<Model>) {
    return std::string(Model::Print(input).key);
  } else {
    return std::string();
  }
}

// The operation as text, with its answer unless that is null.
template <typename Model>
std::string DescriptionOf(const typename Model::Input& input,
                          const typename Model::Output* output) {
  if constexpr (requires { Model::Describe(input, output); }) {
    return Model::Describe(input, output);
  } else if (output == nullptr) {
    return UnknownText(Model::Print(input));
  } else {
    return AnsweredText(Model::Print(input),
                        Model::PrintOutput(input, *output));
  }
}

template <typename Model>
bool IsReadOnlyIn(const typename Model::Input& input,
                  const typename Model::Output* output) {
  if constexpr (requires { Model::IsReadOnly(input, output); }) {
    return Model::IsReadOnly(input, output);
  } else {
    return false;
  }
}

template <typename Model>
uint64_t HashOfState(const typename Model::State& state) {
  if constexpr (requires { Model::Hash(state); }) {
    return Model::Hash(state);
  } else {
    return 0;
  }
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_H_
