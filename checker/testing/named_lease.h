// A model of a lease as a user may write it: whoever holds it is known by name,
// and each grant has the next token. Nothing expires.

#ifndef REPRISE_CHECKER_TESTING_NAMED_LEASE_H_
#define REPRISE_CHECKER_TESTING_NAMED_LEASE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/history/hash.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

struct NamedLeaseModel {
  struct State {
    std::optional<std::string> holder;
    int64_t token = 0;

    friend bool operator==(const State&, const State&) = default;
  };
  struct Input {
    std::string name;
    bool acquires = true;
  };
  using Output = std::optional<int64_t>;  // the token; none: refused

  static State Init() { return {}; }

  static bool Step(const Input& input, const Output* output, State& state) {
    const bool is_done =
        input.acquires ? !state.holder : state.holder == input.name;
    if (is_done) {
      state.token += input.acquires ? 1 : 0;
      state.holder = input.acquires ? std::optional(input.name) : std::nullopt;
    }
    if (output == nullptr) return true;
    return output->has_value() == is_done &&
           (!is_done || **output == state.token);
  }

  static std::string Describe(const Input& input, const Output* output) {
    std::string text = input.acquires ? "acquire(" : "release(";
    text += input.name + ") = ";
    if (output == nullptr) return text + "?";
    return text + (*output ? std::to_string(**output) : "refused");
  }

  static bool IsReadOnly(const Input&, const Output* output) {
    return output != nullptr && !output->has_value();
  }
  static uint64_t Hash(const State& state) {
    return HashBytes(state.holder.value_or("")) +
           Mix64(static_cast<uint64_t>(state.token));
  }
};

// For random_model_history.h.
struct NamedLeaseSample {
  using Model = NamedLeaseModel;
  static Model::Input RandomInput(Random& random) {
    return {.name = std::string(1, static_cast<char>('a' + random.Below(8))),
            .acquires = random.Chance(1, 2)};
  }
  static std::optional<Model::Output> RightOutput(const Model::Input& input,
                                                  const Model::State& state,
                                                  Random&) {
    Model::State after = state;
    Model::Step(input, nullptr, after);
    if (after == state) return Model::Output();
    return Model::Output(after.token);
  }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_NAMED_LEASE_H_
