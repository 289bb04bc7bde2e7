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
//   // give this output in this state.
//   static bool Step(const Input&, const Output* output, State&);
//
//   // The operation as text, for the reader of a counterexample.
//   // Operations with one text do the same.
//   static std::string Describe(const Input&, const Output* output);
//
// Members that a model may have, which make its search faster:
//
//   // The part of the state that the operation works on, by name. Operations
//   // on different parts never affect each other.
//   static std::string Partition(const Input&);
//
//   // Whether the operation leaves every state as it is, if this is
//   // its output.
//   static bool IsReadOnly(const Input&, const Output* output);
//
//   // Equal states have equal hashes. It decides nothing but speed.
//   static uint64_t Hash(const State&);
//
// See testing/queue_model.h for a whole one.

#ifndef REPRISE_CHECKER_MODEL_MODEL_H_
#define REPRISE_CHECKER_MODEL_MODEL_H_

#include <cstdint>
#include <string>

namespace reprise::checker {

template <typename Model>
std::string PartitionOf(const typename Model::Input& input) {
  if constexpr (requires { Model::Partition(input); }) {
    return Model::Partition(input);
  } else {
    return "";
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
