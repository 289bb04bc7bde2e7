// The sequential specification of a key: what each operation does to its value
// and which answers it may give. Key/value store, register and register with
// compare-and-set are this one model with fewer or more operations in use.
//
// A key starts as "". A register's "nil" is "" here.
//
// It is a model as model/model.h has it. Histories of it are kept and judged in
// ways of their own (history/history.h, linearizability.h); as a model it
// serves as the oracle of the checker's tests (testing/judge.h).
//
//   KeyValueModel::State value = KeyValueModel::Init();
//   if (!KeyValueModel::Step(input, &output, value)) ...  // cannot come now

#ifndef REPRISE_CHECKER_KEY_VALUE_KEY_VALUE_MODEL_H_
#define REPRISE_CHECKER_KEY_VALUE_KEY_VALUE_MODEL_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct KeyValueModel {
  using State = std::string;
  struct Input {
    OperationKind kind = OperationKind::kGet;
    std::string key = {};
    std::string value = {};     // that is written; "" for a Get
    std::string expected = {};  // by a Cas
  };
  struct Output {
    Answer answer = Answer::kDone;
    std::string value = {};  // if the answer is kReported
  };

  static State Init() { return ""; }
  // Takes an operation on a key with this `value`. False if the answer that the
  // client saw is impossible here; `value` is then unchanged. A Cas that was
  // never answered and finds something else than it expects is impossible too:
  // then it may as well not have happened.
  static bool Step(const Input& input, const Output* output, State& value);
  // get, put, append, and cas of [old new]; a Cas that failed answers false.
  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input& input, const Output& output);
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static std::string Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    return input.kind == OperationKind::kGet ||
           (output != nullptr && output->answer == Answer::kFailed);
  }

  // An operation of a history, as the model sees it.
  static Input InputOf(const History& history, const Operation& operation);
  static std::optional<Output> OutputOf(const History& history,
                                        const Operation& operation);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_KEY_VALUE_MODEL_H_
