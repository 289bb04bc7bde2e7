#include "checker/linearizability.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "checker/key_check.h"
#include "checker/partition.h"
#include "checker/precedence.h"

namespace reprise::checker {

namespace {

Verdict Check(const History& history, const Budget& budget,
              std::vector<OperationId>* order) {
  Verdict verdict;
  const Partition partition(history);
  KeyCheck check(history, budget);
  check.RecordOrder(order);
  KeyOperations key;
  for (KeyId id = 0; id < history.keys(); ++id) {
    partition.Gather(id, &key);
    check.Run(key, &verdict);
    if (verdict.outcome == Outcome::kViolated) break;
  }
  return verdict;
}

// Appends of "" were left out of the check: each goes before the first
// operation of its key that it precedes.
void InsertEmptyAppends(const History& history,
                        std::vector<OperationId>* order) {
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& append = history[id];
    if (append.kind != OperationKind::kAppend || append.argument_length > 0 ||
        append.answer != Answer::kDone) {
      continue;
    }
    const auto place =
        std::find_if(order->begin(), order->end(), [&](OperationId other) {
          return history[other].key == append.key &&
                 Precedes(history, id, other);
        });
    order->insert(place, id);
  }
}

}  // namespace

Verdict CheckKeyValue(const History& history, const Budget& budget) {
  return Check(history, budget, nullptr);
}

Linearization Linearize(const History& history, const Budget& budget) {
  Linearization result;
  result.verdict = Check(history, budget, &result.order);
  if (result.verdict.outcome == Outcome::kHolds) {
    InsertEmptyAppends(history, &result.order);
  }
  return result;
}

}  // namespace reprise::checker
