// The example of docs/MODELS.md: a machine that hands out numbered tickets, its
// model, and a scenario.

#ifndef TESTS_OWN_MODEL_TICKETS_H_
#define TESTS_OWN_MODEL_TICKETS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

using checker::Call;
using checker::EdnValue;

// What the machine is to do, one operation after the other.
struct TicketModel {
  using State = int64_t;  // The last number that was handed out.
  enum class Input : uint8_t { kTake, kLook };
  using Output = int64_t;

  static State Init() { return 0; }

  static bool Step(Input input, const Output* output, State& last) {
    if (input == Input::kTake) ++last;
    return output == nullptr || *output == last;
  }

  static Call Print(Input input) {
    return {.function = input == Input::kTake ? "take" : "look"};
  }
  static EdnValue PrintOutput(Input, Output output) {
    return EdnValue::Integer(output);
  }
  static absl::StatusOr<Input> Parse(const Call& call) {
    if (call.function == "take") return Input::kTake;
    if (call.function == "look") return Input::kLook;
    return absl::InvalidArgumentError("found " + call.function +
                                      ", expected take or look");
  }
  static absl::StatusOr<Output> ParseOutput(Input, const EdnValue& answer) {
    Output number = 0;
    if (answer.AsInt64(number)) return number;
    return absl::InvalidArgumentError("found " + CanonicalText(answer) +
                                      ", expected a number");
  }

  static bool IsReadOnly(Input input, const Output*) {
    return input == Input::kLook;
  }
};

Catalog TicketCatalog();

}  // namespace reprise

#endif  // TESTS_OWN_MODEL_TICKETS_H_
