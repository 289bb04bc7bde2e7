// UniqueIdsModel: generators of identifiers, none of which is given twice.
//
//   generate(), next-id, get-id, new-id   the identifier, any value but nil
//
// The first state is the identifiers that are taken already, as [..] or #{..}.
// A history of n operations is judged in O(n log n), and in O(n) where the
// identifiers are integers that ascend.

#ifndef REPRISE_CHECKER_MODELS_UNIQUE_IDS_H_
#define REPRISE_CHECKER_MODELS_UNIQUE_IDS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct UniqueIdsModel {
  static constexpr bool kTakesVectors = false;

  using State = std::vector<Element>;  // those given so far, ascending
  struct Input {
    std::string key = {};  // "": there is one generator
  };
  struct Output {
    Element identifier = {};
  };

  static State Init() { return {}; }
  static bool Step(const Input& input, const Output* output, State& state);

  static Call Print(const Input& input) {
    return {.function = "generate", .key = input.key, .argument = {}};
  }
  static EdnValue PrintOutput(const Input&, const Output& output) {
    return output.identifier.ToValue();
  }
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static const std::string& Partition(const Input& input) { return input.key; }
  // Nobody sees an identifier that was not answered.
  static bool IsReadOnly(const Input&, const Output* output) {
    return output == nullptr;
  }
  static uint64_t Hash(const State& state) { return HashOf(state); }

  static DirectVerdict CheckDirectly(
      const ModelHistory<UniqueIdsModel>& history,
      std::span<const OperationId> ids, EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_UNIQUE_IDS_H_
