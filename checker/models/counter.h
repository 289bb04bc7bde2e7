// CounterModel: counters of 64 bits, which wrap around. They begin at 0, or at
// the number that is the first state.
//
//   add(n), increment(n), inc, incr, inc!      done; n may be negative, 1 if
//   nil subtract(n), decrement(n), dec, decr, dec!  done; 1 if nil
//   add-and-get(n), increment-and-get(n)       the new number
//   get-and-add(n), get-and-increment(n)       the old number
//   read(), get, value                         the number
//
// What only adds answers nil, true, :ok or its argument: that it was done.

#ifndef REPRISE_CHECKER_MODELS_COUNTER_H_
#define REPRISE_CHECKER_MODELS_COUNTER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/history/hash.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class CounterFunction : uint8_t {
  kAdd,
  kSubtract,
  kAddAndGet,
  kGetAndAdd,
  kRead,
};

struct CounterModel {
  static constexpr bool kTakesVectors = false;

  using State = int64_t;
  struct Input {
    std::string key = {};  // "": there is one
    CounterFunction function = CounterFunction::kRead;
    int64_t amount = 0;  // of a read: 0
  };
  // What it says of the number; 0 where it was only done.
  struct Output {
    int64_t number = 0;
  };

  static State Init() { return 0; }
  static bool Step(const Input& input, const Output* output, State& state);

  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input& input, const Output& output);
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static const std::string& Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output*) {
    return input.amount == 0;
  }
  static uint64_t Hash(State state) {
    return Mix64(static_cast<uint64_t>(state));
  }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_COUNTER_H_
