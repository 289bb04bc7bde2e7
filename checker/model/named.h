// Named(): a model as a NamedModel.
//
//   NamedModel lease = Named<LeaseModel>("lease", "acquire and release");

#ifndef REPRISE_CHECKER_MODEL_NAMED_H_
#define REPRISE_CHECKER_MODEL_NAMED_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// The history as the model sees it: operations keep their ids and events. The
// message of an error begins with the line that it is about.
template <typename Model>
requires Recordable<Model> absl::StatusOr<ModelHistory<Model>> ParseHistory(
    const CallHistory& calls) {
  ModelHistory<Model> history;
  if (calls.initial()) {
    if constexpr (requires { Model::ParseState(*calls.initial()); }) {
      absl::StatusOr<typename Model::State> state =
          Model::ParseState(*calls.initial());
      if (!state.ok()) {
        return absl::InvalidArgumentError(absl::StrCat(
            " the initial value: ", std::string(state.status().message())));
      }
      history.SetInitial(*std::move(state));
    } else {
      return absl::InvalidArgumentError(
          " found an initial value, expected none, as the model has no other "
          "than its own");
    }
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

template <typename Model>
requires Recordable<Model> NamedModel Named(std::string name,
                                            std::string about) {
  return {.name = std::move(name),
          .about = std::move(about),
          .check = [](const CallHistory& calls,
                      const Budget& budget) -> absl::StatusOr<ModelVerdict> {
            const absl::StatusOr<ModelHistory<Model>> history =
                ParseHistory<Model>(calls);
            if (!history.ok()) return history.status();
            return CheckModel(*history, budget);
          }};
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_NAMED_H_
