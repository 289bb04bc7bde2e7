// MutexModel: a lock that one client at a time holds. Recordings name acquire
// (lock) and release (unlock), whose arguments say nothing: whoever holds the
// lock may release it. A lock that could not be had did not happen.

#ifndef REPRISE_CHECKER_MODELS_MUTEX_H_
#define REPRISE_CHECKER_MODELS_MUTEX_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct MutexModel {
  enum class State : bool { kFree, kHeld };
  struct Input {
    std::string lock = {};  // "": there is one
    bool acquires = true;
  };
  struct Output {};

  static State Init() { return State::kFree; }

  static bool Step(const Input& input, const Output*, State& state) {
    if (input.acquires == (state == State::kHeld)) return false;
    state = input.acquires ? State::kHeld : State::kFree;
    return true;
  }

  static Call Print(const Input& input) {
    return {.function = input.acquires ? "acquire" : "release",
            .key = input.lock};
  }
  static EdnValue PrintOutput(const Input&, const Output&) {
    return EdnValue::Boolean(true);
  }
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  // Whether somebody holds it: true or false; nil is free.
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static uint64_t Hash(State state) { return static_cast<uint64_t>(state); }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_MUTEX_H_
