// RegisterModel: registers that hold one value, with compare-and-set.
//
//   read(), get            the value; nil: none was written
//   write(x), set, put     done
//   cas([old new]), compare-and-set
//                          done; or false: it found another value than old
//
// Values are whatever EDN has, compared as edn_value.h says. The first state is
// the value. Recordings of registers are judged faster by the key/value check
// (linearizability.h); this model is for histories of one's own, and for tests.

#ifndef REPRISE_CHECKER_MODELS_REGISTER_H_
#define REPRISE_CHECKER_MODELS_REGISTER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class RegisterFunction : uint8_t { kRead, kWrite, kCas };

struct RegisterModel {
  using State = Element;
  struct Input {
    std::string key = {};  // "": there is one
    RegisterFunction function = RegisterFunction::kRead;
    Element value = {};     // that is written
    Element expected = {};  // by a compare-and-set
  };
  struct Output {
    Element value = {};              // that was read
    bool has_found_another = false;  // of a compare-and-set
  };

  static State Init() { return {}; }
  static bool Step(const Input& input, const Output* output, State& state);

  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input& input, const Output& output);
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value) {
    return State(value);
  }

  static const std::string& Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    return input.function == RegisterFunction::kRead ||
           (output != nullptr && output->has_found_another);
  }
  static uint64_t Hash(const State& state) { return state.Hash(); }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_REGISTER_H_
