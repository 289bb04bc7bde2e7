// Judging a part of a history without a search, where its model can.

#ifndef REPRISE_CHECKER_MODEL_DIRECT_CHECK_H_
#define REPRISE_CHECKER_MODEL_DIRECT_CHECK_H_

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"

namespace reprise::checker {

// Judges what the operations `ids` were before the event `end`: those that were
// called later are not there, and later answers are not known.
template <typename Model>
DirectVerdict CheckDirectly(const ModelHistory<Model>& history,
                            std::span<const OperationId> ids, EventIndex end) {
  if constexpr (requires { Model::CheckDirectly(history, ids, end); }) {
    return Model::CheckDirectly(history, ids, end);
  } else {
    return {};
  }
}

// Operations that contradict each other up to an event, before which no others
// do; or nearly: after some tries the last of them will do. `found` is the
// contradiction of the whole. Takes a few checks.
template <typename Model>
std::vector<OperationId> FirstContradiction(const ModelHistory<Model>& history,
                                            std::span<const OperationId> ids,
                                            const DirectVerdict& found) {
  constexpr int kTries = 3;
  std::vector<OperationId> few = found.contradiction;
  for (int i = 0; i < kTries; ++i) {
    EventIndex last = 0;
    for (const OperationId id : few) {
      if (history[id].ret != kNever) last = std::max(last, history[id].ret);
    }
    const DirectVerdict before = CheckDirectly<Model>(history, ids, last);
    if (before.outcome != DirectOutcome::kViolated) break;
    few = before.contradiction;
  }
  return few;
}

// `few` and whichever of `ids` were never answered, ascending.
template <typename Model>
std::vector<OperationId> WithUnanswered(const ModelHistory<Model>& history,
                                        std::span<const OperationId> ids,
                                        const std::vector<OperationId>& few) {
  std::vector<OperationId> unanswered;
  for (const OperationId id : ids) {
    if (history[id].ret == kNever) unanswered.push_back(id);
  }
  std::vector<OperationId> all;
  std::set_union(few.begin(), few.end(), unanswered.begin(), unanswered.end(),
                 std::back_inserter(all));
  return all;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_DIRECT_CHECK_H_
