#include "reprise/checker/containers/priority_queue.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "reprise/checker/containers/cover.h"
#include "reprise/checker/containers/free_instants.h"
#include "reprise/checker/containers/lifetimes.h"

namespace reprise::checker {
namespace {

ContainerConflict FindConflict(const Lifetimes& lifetimes) {
  const std::vector<Lifetime>& values = lifetimes.values();
  FreeInstants free(lifetimes.instants());  // of values smaller than the next
  for (uint32_t i = 0; i < values.size(); ++i) {
    const Lifetime& value = values[i];
    if (!value.IsKnown()) continue;
    if (value.IsRemoved() &&
        free.FirstFrom(value.remove_call) > value.remove_return) {
      std::vector<uint32_t> cover = SmallestCover(
          {values.data(), i}, value.remove_call, value.remove_return);
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
  return JudgeLifetimes(&lifetimes, FindConflict);
}

}  // namespace reprise::checker
