// NamedModel: a model under a name, as `check --model=NAME` and catalogs know
// it: it judges whatever recordings name operations of it. named.h makes one.
//
//   NamedModel lease = Named<LeaseModel>("lease", "acquire and release");
//   absl::StatusOr<ModelVerdict> found = lease.check(history, Budget());

#ifndef REPRISE_CHECKER_MODEL_NAMED_MODEL_H_
#define REPRISE_CHECKER_MODEL_NAMED_MODEL_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct NamedModel {
  std::string name = {};   // lower-case-with-hyphens
  std::string about = {};  // its operations, in one line
  // As ReaderOptions::takes_vectors.
  bool takes_vectors = true;
  // InvalidArgument names the line, what was found there and what the model
  // expects. Null: the key/value check (linearizability.h) is meant.
  std::function<absl::StatusOr<ModelVerdict>(const CallHistory&, const Budget&)>
      check = {};
  // The same while the history comes, from an initial state if it is given.
  std::function<absl::StatusOr<std::unique_ptr<FollowedModel>>(
      const std::optional<EdnValue>& initial, const FollowLimits&)>
      follow = {};
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_NAMED_MODEL_H_
