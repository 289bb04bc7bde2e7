// SetModel: sets of elements.
//
//   add(x), insert      done; or true: it was not in, false: it was in already
//   remove(x), delete   done; or true: it was in, false: it was not
//   contains(x), has    true or false
//   read(), elements    all of them, as #{..} or [..]; one that is there twice
//                       counts once
//
// Done is nil, :ok, or the element. Elements are any values but nil. The first
// state is the elements.
//
// Judged without a search are, in O(n log n) for n operations and elements that
// were read: histories in which nothing is removed (models/growing_set.h), such
// as those of Jepsen's test of sets; and those in which nobody reads the whole
// set (containers/set.h), unless it is not known of a repeated change whether
// it changed anything.

#ifndef REPRISE_CHECKER_MODELS_SET_H_
#define REPRISE_CHECKER_MODELS_SET_H_

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

enum class SetFunction : uint8_t { kAdd, kRemove, kContains, kRead };

// What an answer says: that it was done, or yes or no.
enum class SetAnswer : uint8_t { kDone, kYes, kNo };

struct SetModel {
  using State = std::vector<Element>;  // ascending
  struct Input {
    std::string key = {};  // "": there is one set
    SetFunction function = SetFunction::kRead;
    Element element = {};  // nil where the whole set is read
  };
  struct Output {
    SetAnswer answer = SetAnswer::kDone;
    std::vector<Element> elements = {};  // read, ascending
  };

  static State Init() { return {}; }
  static bool Step(const Input& input, const Output* output, State& state);

  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input& input, const Output& output);
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static const std::string& Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    return input.function == SetFunction::kContains ||
           input.function == SetFunction::kRead ||
           (output != nullptr && output->answer == SetAnswer::kNo);
  }
  static uint64_t Hash(const State& state) { return HashOf(state); }

  static DirectVerdict CheckDirectly(const ModelHistory<SetModel>& history,
                                     std::span<const OperationId> ids,
                                     EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_SET_H_
