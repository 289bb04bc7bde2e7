// Named(): a model as a NamedModel.
//
//   NamedModel lease = Named<LeaseModel>("lease", "acquire and release");

#ifndef REPRISE_CHECKER_MODEL_NAMED_H_
#define REPRISE_CHECKER_MODEL_NAMED_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/following.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/checker/model/parse_history.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

template <typename Model>
requires Recordable<Model> NamedModel Named(std::string name,
                                            std::string about) {
  return {.name = std::move(name),
          .about = std::move(about),
          .takes_vectors = TakesVectors<Model>(),
          .check = [](const CallHistory& calls,
                      const Budget& budget) -> absl::StatusOr<ModelVerdict> {
            const absl::StatusOr<ModelHistory<Model>> history =
                ParseHistory<Model>(calls);
            if (!history.ok()) return history.status();
            return CheckModel(*history, budget);
          },
          .follow = [](const std::optional<EdnValue>& initial,
                       const FollowLimits& limits)
              -> absl::StatusOr<std::unique_ptr<FollowedModel>> {
            typename Model::State state = Model::Init();
            if (initial) {
              absl::StatusOr<typename Model::State> parsed =
                  ParseInitial<Model>(*initial);
              if (!parsed.ok()) return parsed.status();
              state = *std::move(parsed);
            }
            return std::make_unique<Following<Model>>(std::move(state), limits);
          }};
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_NAMED_H_
