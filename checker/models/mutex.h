// MutexModel: locks, each of which one client at a time holds.
//
//   acquire(holder), lock      done
//   release(holder), unlock    done
//
// A vector of two is [lock holder]. An argument that is a string, a keyword or
// a symbol names the holder: then nobody else by name may release the lock. Any
// other argument says nothing, and whoever holds the lock may release it. A
// lock that could not be had did not happen. The first state is nil or false
// (free), true (held), or the name of the holder.

#ifndef REPRISE_CHECKER_MODELS_MUTEX_H_
#define REPRISE_CHECKER_MODELS_MUTEX_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class MutexFunction : uint8_t { kAcquire, kRelease };

struct MutexModel {
  static constexpr bool kTakesVectors = false;

  struct State {
    bool is_held = false;
    Element holder = {};  // nil: nobody knows

    friend bool operator==(const State&, const State&) = default;
  };
  struct Input {
    std::string key = {};  // "": there is one lock
    MutexFunction function = MutexFunction::kAcquire;
    Element holder = {};  // nil: it does not say
  };
  struct Output {};

  static State Init() { return {}; }
  static bool Step(const Input& input, const Output*, State& state);

  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input&, const Output&) {
    return EdnValue::Boolean(true);
  }
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static const std::string& Partition(const Input& input) { return input.key; }
  static uint64_t Hash(const State& state) {
    return state.holder.Hash() + (state.is_held ? 1 : 0);
  }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_MUTEX_H_
