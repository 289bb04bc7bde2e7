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
  exhaustion.limit = budget.total_states;
  exhaustion.states = states;
  exhaustion.sentence = ExhaustionSentence(exhaustion);
}

void NoteProgress(const Budget& budget, uint64_t operations) {
  if (budget.monitor != nullptr) budget.monitor->operations += operations;
}

void Add(const CheckStatistics& part, CheckStatistics& sum) {
  sum.keys += part.keys;
  sum.keys_searched += part.keys_searched;
  sum.segments += part.segments;
  sum.segments_searched += part.segments_searched;
  sum.states += part.states;
}

}  // namespace reprise::checker::internal
