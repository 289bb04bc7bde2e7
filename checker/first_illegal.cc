#include "reprise/checker/first_illegal.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/online.h"

namespace reprise::checker {
namespace {

std::vector<OperationId> ByReturn(const History& history) {
  std::vector<OperationId> answered;
  for (OperationId id = 0; id < history.size(); ++id) {
    if (!history[id].IsPending()) answered.push_back(id);
  }
  std::sort(answered.begin(), answered.end(),
            [&](OperationId a, OperationId b) {
              return history[a].ret < history[b].ret;
            });
  return answered;
}

// The number of responses up to the first illegal one, if the online checker
// finds one.
std::optional<size_t> FindOnline(const History& history,
                                 const std::vector<OperationId>& by_return) {
  if (history.HasJoinedInstants()) return std::nullopt;
  OnlineChecker checker(history);
  OperationId next = 0;
  for (size_t count = 0; count < by_return.size(); ++count) {
    const OperationId id = by_return[count];
    for (; next < history.size() && history[next].call < history[id].ret;
         ++next) {
      checker.Invoke(next);
    }
    if (!checker.Return(id)) return count;
  }
  return std::nullopt;
}

}  // namespace

OperationId FirstIllegalResponse(const History& history, const Budget& budget) {
  const std::vector<OperationId> by_return = ByReturn(history);
  size_t legal = 0;  // responses
  size_t illegal = by_return.size();
  // A violation that is found online may not be the first: keys are judged late
  // where values repeat.
  const std::optional<size_t> online = FindOnline(history, by_return);
  if (online.has_value()) illegal = *online + 1;
  while (legal + 1 < illegal) {
    // Try next to a violation that was found online: mostly it is the first.
    const size_t middle =
        online == illegal - 1 ? illegal - 1 : legal + (illegal - legal) / 2;
    const EventIndex end = history[by_return[middle - 1]].ret + 1;
    const Outcome outcome =
        CheckKeyValue(PrefixOf(history, end), budget).outcome;
    if (outcome == Outcome::kViolated) {
      illegal = middle;
    } else {
      legal = middle;
    }
  }
  return by_return[illegal - 1];
}

}  // namespace reprise::checker
