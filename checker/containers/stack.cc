#include "reprise/checker/containers/stack.h"

#include <cstdint>
#include <vector>

#include "reprise/checker/containers/cover.h"
#include "reprise/checker/containers/free_instants.h"
#include "reprise/checker/containers/judge_lifetimes.h"
#include "reprise/checker/containers/lifetimes.h"
#include "reprise/checker/containers/stack_conflict.h"
#include "reprise/checker/containers/stack_peeling.h"

namespace reprise::checker {
namespace {

ContainerConflict FindStackConflict(const Lifetimes& lifetimes) {
  if (!lifetimes.empties().empty()) {
    FreeInstants free(lifetimes.instants());
    for (const Lifetime& value : lifetimes.values()) {
      if (value.IsSurelyIn()) {
        free.Cover(value.insert_return, value.remove_call);
      }
    }
    ContainerConflict conflict = FindWrongEmpty(lifetimes, &free);
    if (!conflict.IsEmpty()) return conflict;
  }
  StackPeeling peeling(lifetimes.values(), lifetimes.instants());
  if (peeling.Run()) return {};
  return {SmallStackConflict(lifetimes.values(), peeling.Stuck()), {}};
}

}  // namespace

ContainerVerdict CheckStack(std::span<const ContainerOperation> operations) {
  Lifetimes lifetimes(operations);
  if (lifetimes.verdict().outcome != ContainerOutcome::kHolds) {
    return lifetimes.verdict();
  }
  return JudgeLifetimes(&lifetimes, FindStackConflict);
}

}  // namespace reprise::checker
