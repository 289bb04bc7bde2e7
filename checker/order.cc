#include "reprise/checker/order.h"

#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {

std::vector<OperationId> OrderFound(const History& history,
                                    const Explanation* explanation,
                                    const Budget& budget) {
  if (explanation == nullptr) return Linearize(history, budget).order;
  // Ids follow the order of invocation: those of a prefix are the same.
  const History prefix = PrefixOf(history, explanation->event);
  const KeyId key = history[explanation->first_illegal].key;
  std::vector<OperationId> order;
  for (OperationId id : Linearize(prefix, budget).order) {
    if (history[id].key == key) order.push_back(id);
  }
  std::vector<Selected> others;
  for (OperationId id = 0; id < history.size(); ++id) {
    if (history[id].key != key) others.push_back({id});
  }
  const History rest = Subhistory(history, others);
  for (OperationId id : Linearize(rest, budget).order) {
    order.push_back(others[id].id);
  }
  return order;
}

}  // namespace reprise::checker
