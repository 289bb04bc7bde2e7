#include "reprise/checker/model/check_model.h"

#include <algorithm>

namespace reprise::checker::internal {

Budget LeftOf(const Budget& budget, uint64_t used_states) {
  Budget left = budget;
  left.total_states -= std::min(left.total_states, used_states);
  left.states = std::min(left.states, left.total_states);
  return left;
}

void NoteTotal(const Budget& budget, const Budget& left, uint64_t states,
               Exhaustion& exhaustion) {
  if (exhaustion.resource != Resource::kStates ||
      left.states == budget.states) {
    return;
  }
  exhaustion.resource = Resource::kTotalStates;
  exhaustion.limit = LimitOf(budget, exhaustion.resource);
  exhaustion.states = states;
  exhaustion.sentence = ExhaustionSentence(exhaustion);
}

}  // namespace reprise::checker::internal
