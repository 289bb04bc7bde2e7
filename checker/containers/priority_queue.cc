#include "reprise/checker/containers/priority_queue.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "reprise/checker/containers/cover.h"
#include "reprise/checker/containers/free_instants.h"
#include "reprise/checker/containers/judge_lifetimes.h"
#include "reprise/checker/containers/lifetimes.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

ContainerConflict FindPriorityConflict(const Lifetimes& lifetimes) {
  const std::vector<Lifetime>& values = lifetimes.values();
  // Instants at which no value smaller than the next is surely in. The last one
  // is after everything.
  const EventIndex end = lifetimes.instants();
  FreeInstants free(end + 1);
  for (uint32_t i = 0; i < values.size(); ++i) {
    const Lifetime& value = values[i];
    if (!value.IsKnown()) continue;
    const EventIndex last = std::min(value.remove_return, end);
    if (value.IsRemoved() && free.FirstFrom(value.remove_call) > last) {
      std::vector<uint32_t> cover =
          SmallestCover({values.data(), i}, value.remove_call, last);
      cover.push_back(i);
      return {std::move(cover), {}};
    }
    if (value.IsSurelyIn()) free.Cover(value.insert_return, value.remove_call);
  }
  return FindWrongEmpty(lifetimes, &free);
}

}  // namespace

ContainerVerdict CheckPriorityQueue(
    std::span<const ContainerOperation> operations) {
  Lifetimes lifetimes(operations);
  if (lifetimes.verdict().outcome != ContainerOutcome::kHolds) {
    return lifetimes.verdict();
  }
  return JudgeLifetimes(&lifetimes, FindPriorityConflict);
}

}  // namespace reprise::checker
