// LogModel: logs, to which elements are appended at offsets 0, 1, 2 and so on.
//
//   append(x), send, produce  the offset; or done: it does not say which
//   read(offset)              the element there, or nil: nothing yet
//   read()                    all elements, as [..]
//   poll(offset), fetch       elements from there on, as [..]: any number, as a
//                             batch may end anywhere
//
// An append that answers with the very integer that it appended says only that
// it was done, as clients repeat the argument. Elements are any values but nil.
// The first state is [..]. Recordings in which offsets leave gaps, as those of
// Kafka's transactions do, are not of this model.

#ifndef REPRISE_CHECKER_MODELS_LOG_H_
#define REPRISE_CHECKER_MODELS_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class LogFunction : uint8_t { kAppend, kRead, kReadAll, kPoll };

struct LogModel {
  using State = std::vector<Element>;
  struct Input {
    std::string key = {};  // "": there is one
    LogFunction function = LogFunction::kReadAll;
    Element element = {};  // that is appended
    uint64_t offset = 0;   // of a read or poll
  };
  struct Output {
    std::optional<uint64_t> offset = {};  // of an append that says it
    std::vector<Element> elements = {};   // read; of a read(offset) one at most
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
  static bool IsReadOnly(const Input& input, const Output*) {
    return input.function != LogFunction::kAppend;
  }
  static uint64_t Hash(const State& state) { return HashOf(state); }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_LOG_H_
