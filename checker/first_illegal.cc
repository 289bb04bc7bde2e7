#include "reprise/checker/first_illegal.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "reprise/checker/history/subhistory.h"
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
                                 const std::vector<OperationId>& by_return,
                                 const CheckMonitor* monitor) {
  constexpr size_t kBetweenLooks = 4096;
  if (history.HasJoinedInstants()) return std::nullopt;
  OnlineChecker checker(history);
  OperationId next = 0;
  for (size_t count = 0; count < by_return.size(); ++count) {
    if (count % kBetweenLooks == 0 && IsStopped(monitor)) return std::nullopt;
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

FirstIllegal FirstIllegalResponse(const History& history, Probe& probe) {
  const std::vector<OperationId> by_return = ByReturn(history);
  FirstIllegal found;
  found.verdict.outcome = Outcome::kUndecided;
  size_t legal = 0;  // responses
  size_t illegal = by_return.size();
  found.is_certain = true;
  // A violation that is found online may not be the first: keys are judged late
  // where values repeat.
  const std::optional<size_t> online =
      FindOnline(history, by_return, probe.monitor());
  if (online.has_value()) illegal = *online + 1;
  while (legal + 1 < illegal && !probe.IsSpent()) {
    // Try next to a violation that was found online: mostly it is the first.
    const size_t middle =
        online == illegal - 1 ? illegal - 1 : legal + (illegal - legal) / 2;
    const EventIndex end = history[by_return[middle - 1]].ret + 1;
    Verdict verdict = probe.Check(PrefixOf(history, end));
    if (verdict.outcome == Outcome::kViolated) {
      illegal = middle;
      found.verdict = std::move(verdict);
    } else {
      legal = middle;
      found.is_certain = verdict.outcome == Outcome::kHolds;
    }
  }
  found.is_certain &= legal + 1 >= illegal;
  found.operation = by_return[illegal - 1];
  return found;
}

}  // namespace reprise::checker
