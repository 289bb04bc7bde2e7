// ParseHistory(): the history of a model from what a recording names.
//
//   absl::StatusOr<ModelHistory<LeaseModel>> history =
//       ParseHistory<LeaseModel>(calls);

#ifndef REPRISE_CHECKER_MODEL_PARSE_HISTORY_H_
#define REPRISE_CHECKER_MODEL_PARSE_HISTORY_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// The first state, as a user names it.
template <typename Model>
absl::StatusOr<typename Model::State> ParseInitial(const EdnValue& initial) {
  if constexpr (requires { Model::ParseState(initial); }) {
    absl::StatusOr<typename Model::State> state = Model::ParseState(initial);
    if (state.ok()) return state;
    return absl::InvalidArgumentError(absl::StrCat(
        " the initial value: ", std::string(state.status().message())));
  } else {
    return absl::InvalidArgumentError(
        " found an initial value, expected none, as the model has no other "
        "than its own");
  }
}

// The history as the model sees it: operations keep their ids and events. The
// message of an error begins with the line that it is about.
template <typename Model>
requires Recordable<Model> absl::StatusOr<ModelHistory<Model>> ParseHistory(
    const CallHistory& calls) {
  ModelHistory<Model> history;
  if (calls.initial()) {
    absl::StatusOr<typename Model::State> state =
        ParseInitial<Model>(*calls.initial());
    if (!state.ok()) return state.status();
    history.SetInitial(*std::move(state));
  }
  for (OperationId id = 0; id < calls.size(); ++id) {
    const CallHistory::Operation& operation = calls[id];
    const auto at_line = [&](const absl::Status& status) {
      return absl::InvalidArgumentError(
          absl::StrCat(operation.line, ": ", std::string(status.message())));
    };
    absl::StatusOr<typename Model::Input> input =
        Model::Parse(calls.CallOf(id));
    if (!input.ok()) return at_line(input.status());
    typename ModelHistory<Model>::Operation parsed = {
        .client = operation.client,
        .input = *std::move(input),
        .output = std::nullopt,
        .call = operation.call,
        .ret = operation.ret,
        .has_failed = operation.ending == Ending::kFailed};
    if (const EdnValue* const value = calls.OutputOf(id)) {
      absl::StatusOr<typename Model::Output> output =
          Model::ParseOutput(parsed.input, *value);
      if (!output.ok()) return at_line(output.status());
      parsed.output = *std::move(output);
    }
    history.Add(std::move(parsed));
  }
  return history;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_PARSE_HISTORY_H_
